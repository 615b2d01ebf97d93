import CAdaIN

// The compiler never compares an @_cdecl function with the header that declares it. Here it does:
// each pair must have one and the same type, or this file does not compile.

private func sameType<Function>(_ declared: Function, _ implemented: Function) {}

/// Never called.
private func headerCheck() {
  sameType(adain_last_error, lastError)
  sameType(adain_status_name, statusName)
  sameType(adain_version, version)
  sameType(adain_kernel, kernel)
  sameType(adain_default_threads, defaultThreads)
  sameType(adain_model_embedded, modelEmbedded)
  sameType(adain_model_load_file, modelLoadFile)
  sameType(adain_model_load_memory, modelLoadMemory)
  sameType(adain_model_ref, modelRef)
  sameType(adain_model_unref, modelUnref)
  sameType(adain_model_architecture, modelArchitecture)
  sameType(adain_style_from_pixels, styleFromPixels)
  sameType(adain_style_mix, styleMix)
  sameType(adain_style_save_memory, styleSaveMemory)
  sameType(adain_style_save_file, styleSaveFile)
  sameType(adain_style_load_memory, styleLoadMemory)
  sameType(adain_style_load_file, styleLoadFile)
  sameType(adain_style_ref, styleRef)
  sameType(adain_style_unref, styleUnref)
  sameType(adain_style_named, styleNamed)
  sameType(adain_named_style_count, namedStyleCount)
  sameType(adain_named_style_name, namedStyleName)
  sameType(adain_named_style_title, namedStyleTitle)
  sameType(adain_named_style_painter, namedStylePainter)
  sameType(adain_named_style_year, namedStyleYear)
  sameType(adain_stylise, stylise)
  sameType(adain_content_analyse, contentAnalyse)
  sameType(adain_content_width, contentWidth)
  sameType(adain_content_height, contentHeight)
  sameType(adain_content_render, contentRender)
  sameType(adain_content_ref, contentRef)
  sameType(adain_content_unref, contentUnref)
  sameType(adain_composition_new, compositionNew)
  sameType(adain_composition_render, compositionRender)
  sameType(adain_composition_rendering, compositionRendering)
  sameType(adain_composition_ref, compositionRef)
  sameType(adain_composition_unref, compositionUnref)
  sameType(adain_analysis_begin, analysisBegin)
  sameType(adain_analysis_push, analysisPush)
  sameType(adain_analysis_finish, analysisFinish)
  sameType(adain_analysis_free, analysisFree)
  sameType(adain_rendering_begin, renderingBegin)
  sameType(adain_rendering_pull, renderingPull)
  sameType(adain_rendering_free, renderingFree)
}
