// What each place between layers must be, told from the layers on its two sides.

import Kernels

/// Answers about the places between an architecture's layers; place `i` stands before layer `i`.
struct BufferPlanner {
  private let layers: [Layer]
  private let shapes: [Shape]
  private let wantsInputGradient: Bool

  init(layers: [Layer], shapes: [Shape], wantsInputGradient: Bool = false) {
    self.layers = layers
    self.shapes = shapes
    self.wantsInputGradient = wantsInputGradient
  }

  /// Whether a layer is a ReLU that the layer before takes along.
  func isFused(_ layer: Int) -> Bool {
    guard layer > 0, layers.indices.contains(layer), case .activation(let activation) = layers[layer],
      activation.slope != nil
    else { return false }
    switch layers[layer - 1] {
    case .convolution, .dense, .batchNorm: return true
    default: return false
    }
  }

  /// The earlier place that this one is the same memory as, because the layer between works in place.
  func sameAs(_ place: Int) -> Int? {
    guard place > 1, case .activation = layers[place - 1] else { return nil }
    if isFused(place - 1) { return place - 1 }
    // In place on what no way back looks at again: not where a ReLU's gate stands, nor behind a curve.
    if case .activation = layers[place - 2] { return nil }
    return place - 1
  }

  /// The layers that write and read a place, whatever works in place between.
  private func writer(_ place: Int) -> Layer? {
    var place = place
    while let earlier = sameAs(place) { place = earlier }
    return place == 0 ? nil : layers[place - 1]
  }

  private func reader(_ place: Int) -> Layer? {
    var place = place
    while place < layers.count, sameAs(place + 1) == place { place += 1 }
    return place < layers.count ? layers[place] : nil
  }

  func slope(_ place: Int) -> Float? {
    guard isFused(place), case .activation(let activation) = layers[place] else { return nil }
    return activation.slope
  }

  /// The first layer reads the caller's memory where it can.
  var borrowsInput: Bool {
    if case .dense = layers[0] { return !wantsInputGradient } else { return false }
  }

  func valueBorder(_ place: Int) -> Border {
    guard case .convolution(let convolution) = reader(place) else { return Border() }
    var border = Border(before: convolution.paddingBefore, after: convolution.paddingAfter)
    let input = shapes[place]
    if let side = convolution.tileSide(input: input),
      let output = Layer.convolution(convolution).outputShape(for: input)
    {
      border = border.union(
        Tiling.border(
          side, kernel: convolution.kernel, padding: convolution.paddingBefore, inputs: input, outputs: output
        ))
    }
    return border
  }

  func gradientBorder(_ place: Int) -> Border {
    guard case .convolution(let convolution) = writer(place) else { return Border() }
    var first = place
    while let earlier = sameAs(first) { first = earlier }
    let input = shapes[first - 1]
    let output = shapes[first]
    var border = Border()
    if let side = convolution.tileSide(input: input) {
      border = Tiling.border(
        side, kernel: convolution.kernel, padding: convolution.kernel - 1 - convolution.paddingBefore,
        inputs: output, outputs: input)
    }
    // Nobody asks for the gradient of the first layer's input.
    if first == 1, !wantsInputGradient { return border }
    return border.union(BackwardPhase.border(convolution, input: input, output: output))
  }

  /// Whether values are written and read a few samples at a time, so that a group's room is enough for them.
  func valueIsLocal(_ place: Int) -> Bool {
    guard let reader = reader(place), let writer = writer(place) else { return false }
    if case .dense = reader { return false }
    if case .dense = writer { return false }
    return true
  }

  /// Whether a gradient is written and read by the same thread, with the same few samples, in the same phase.
  func gradientIsLocal(_ place: Int) -> Bool {
    guard place > 0, let reader = reader(place), let writer = writer(place) else { return false }
    if case .dense = reader { return false }
    switch writer {
    case .dense, .batchNorm: return false
    default: return true
    }
  }
}
