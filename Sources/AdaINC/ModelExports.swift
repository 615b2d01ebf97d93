import AdaIN
import CAdaIN

@_cdecl("adain_model_embedded")
public func modelEmbedded(_ model: UnsafeMutablePointer<OpaquePointer?>?) -> adain_status {
  create("model", model) { () throws(AdaINError) in try Model.embedded() }
}

@_cdecl("adain_model_named")
public func modelNamed(
  _ name: UnsafePointer<CChar>?, _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("model", model) { () throws(AdaINError) in
    try Model.named(try BuiltInModel(try string("name", name)))
  }
}

@_cdecl("adain_named_model_count")
public func namedModelCount() -> Int { BuiltInModel.allCases.count }

@_cdecl("adain_named_model_name")
public func namedModelName(_ index: Int) -> UnsafePointer<CChar>? {
  guard BuiltInModel.allCases.indices.contains(index) else { return nil }
  return switch BuiltInModel.allCases[index] {
  case .standard: constantCString("standard")
  case .fast: constantCString("fast")
  }
}

@_cdecl("adain_model_open")
public func modelOpen(
  _ nameOrPath: UnsafePointer<CChar>?, _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("model", model) { () throws(AdaINError) in
    try Model.open(try path("name_or_path", nameOrPath))
  }
}

@_cdecl("adain_model_load_file")
public func modelLoadFile(
  _ path: UnsafePointer<CChar>?, _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("model", model) { () throws(AdaINError) in
    try Model(path: try AdaINC.path("path", path))
  }
}

@_cdecl("adain_model_load_memory")
public func modelLoadMemory(
  _ data: UnsafeRawPointer?, _ size: Int, _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("model", model) { () throws(AdaINError) in
    try Model(safetensors: try bytes("data", data, size))
  }
}

@_cdecl("adain_model_ref")
public func modelRef(_ model: OpaquePointer?) -> OpaquePointer? { retain(Model.self, model) }

@_cdecl("adain_model_unref")
public func modelUnref(_ model: OpaquePointer?) { release(Model.self, model) }

@_cdecl("adain_model_architecture")
public func modelArchitecture(_ model: OpaquePointer?) -> UnsafePointer<CChar>? {
  guard let model = try? object(Model.self, "model", model) else { return constantCString("") }
  return switch model.architecture {
  case .vgg16: constantCString("vgg16")
  case .vgg19: constantCString("vgg19")
  }
}
