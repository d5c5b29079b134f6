// The properties of each buffer between layers, computed from the layers on its two sides.

import Kernels

/// Plans the boundaries between a network's layers; boundary `i` is before layer `i`.
struct BufferPlanner {
  let layers: [any LayerDefinition]
  let shapes: [Shape]
  let needsInputGradient: Bool

  /// Whether a layer is a ReLU that the layer before it applies.
  func isFused(_ layer: Int) -> Bool {
    layer > 0 && layer < layers.count && layers[layer].slope != nil && layers[layer - 1].traits.appliesSlope
  }

  /// The earlier boundary with the same memory, where the layer between works in place.
  func sameAs(_ boundary: Int) -> Int? {
    guard boundary > 1, layers[boundary - 1].traits.worksInPlace else { return nil }
    if isFused(boundary - 1) { return boundary - 1 }
    // Not behind another activation, whose backward pass reads its output.
    return layers[boundary - 2].traits.worksInPlace ? nil : boundary - 1
  }

  private func first(_ boundary: Int) -> Int {
    var boundary = boundary
    while let earlier = sameAs(boundary) { boundary = earlier }
    return boundary
  }

  /// The layer that writes a boundary's memory, before any layers that work in place on it.
  private func writer(_ boundary: Int) -> (any LayerDefinition)? {
    let first = first(boundary)
    return first == 0 ? nil : layers[first - 1]
  }

  /// The layer that reads a boundary's memory, behind any layers that work in place on it.
  private func reader(_ boundary: Int) -> (any LayerDefinition)? {
    var boundary = boundary
    while boundary < layers.count, sameAs(boundary + 1) == boundary { boundary += 1 }
    return boundary < layers.count ? layers[boundary] : nil
  }

  func slope(_ boundary: Int) -> Float? { isFused(boundary) ? layers[boundary].slope : nil }

  /// Whether the first layer can read the caller's memory.
  var borrowsInput: Bool { layers[0].traits.readsWholeWave && !needsInputGradient }

  func valueBorder(_ boundary: Int) -> Border { reader(boundary)?.inputBorder(shapes[boundary]) ?? Border() }

  func gradientBorder(_ boundary: Int) -> Border {
    guard let writer = writer(boundary) else { return Border() }
    let first = first(boundary)
    return writer.gradientBorder(shapes[first - 1], writesInputGradient: first > 1 || needsInputGradient)
  }

  /// Whether values are written and read a few samples at a time, so that memory for a group is enough.
  func valueIsLocal(_ boundary: Int) -> Bool {
    guard let reader = reader(boundary), let writer = writer(boundary) else { return false }
    return !reader.traits.readsWholeWave && !writer.traits.readsWholeWave
  }

  /// Whether a gradient is written and read by the same thread, with the same few samples, in the same phase.
  func gradientIsLocal(_ boundary: Int) -> Bool {
    guard boundary > 0, let reader = reader(boundary), let writer = writer(boundary) else { return false }
    return !reader.traits.readsWholeWave && !writer.traits.readsWholeWave && !writer.traits.needsWholeBatch
  }
}
