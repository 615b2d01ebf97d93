import AdaIN
import CAdaIN

@_cdecl("adain_analysis_begin")
public func analysisBegin(
  _ model: OpaquePointer?, _ width: UInt32, _ height: UInt32,
  _ options: UnsafePointer<adain_options>?, _ analysis: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("analysis", analysis) { () throws(AdaINError) in
    try Analysis(
      model: try object(Model.self, "model", model), width: Int(width), height: Int(height),
      options: try RunOptions(options))
  }
}

@_cdecl("adain_analysis_push")
public func analysisPush(
  _ analysis: OpaquePointer?, _ rows: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let analysis = try object(Analysis.self, "analysis", analysis)
    try analysis.push(try PixelView("rows", rows))
  }
}

@_cdecl("adain_analysis_finish")
public func analysisFinish(
  _ analysis: OpaquePointer?, _ content: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("content", content) { () throws(AdaINError) in
    try object(Analysis.self, "analysis", analysis).finish()
  }
}

@_cdecl("adain_analysis_paint")
public func analysisPaint(
  _ analysis: OpaquePointer?, _ styles: UnsafePointer<OpaquePointer?>?, _ styleCount: Int,
  _ masks: UnsafePointer<adain_pixels>?, _ maskCount: Int, _ statistics: adain_statistics,
  _ options: UnsafePointer<adain_options>?, _ content: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("content", content) { () throws(AdaINError) in
    let analysis = try object(Analysis.self, "analysis", analysis)
    let layout = try Layout(styles, styleCount, masks, maskCount, statistics)
    return try analysis.paint(
      styles: layout.styles, masks: layout.masks, statistics: layout.statistics,
      options: try RunOptions(options))
  }
}

@_cdecl("adain_analysis_free")
public func analysisFree(_ analysis: OpaquePointer?) { release(Analysis.self, analysis) }
