// Connected components of ink.

public import Basics
public import Ink

/// The connected components of ink: pixels that touch each other at a side or a corner.
public struct Components: Sendable {
  /// One component.
  public struct Component: Sendable {
    /// The smallest box around it.
    public var box: Rectangle
    /// The amount of ink, in fully covered pixels.
    public var area: Double
    /// The strongest level.
    public var strongest: UInt8
  }

  /// The components, in the order of their first pixels.
  public private(set) var list: [Component] = []
  /// For each pixel the index of its component plus one, or 0 without ink.
  public private(set) var labels: [Int32]
  /// The ink.
  let ink: Coverage

  /// Finds the components.
  ///
  /// - Parameters:
  ///   - ink: the ink.
  ///   - level: the least level of a pixel that counts as ink.
  public init(_ ink: Coverage, level: UInt8 = 1) {
    self.ink = ink
    labels = [Int32](repeating: 0, count: ink.width * ink.height)
    /// A horizontal run of ink, and its parent in the union-find forest.
    struct Run {
      var row: Int
      var columns: Range<Int>
      var parent: Int
    }
    var runs: [Run] = []
    func root(_ i: Int) -> Int {
      var i = i
      while runs[i].parent != i {
        runs[i].parent = runs[runs[i].parent].parent
        i = runs[i].parent
      }
      return i
    }
    var above = 0..<0
    ink.levels.withUnsafeBufferPointer { levels in
      for y in 0..<ink.height {
        let first = runs.count
        let line = y * ink.width
        var x = 0
        var candidate = above.lowerBound
        while true {
          x = levels.firstOther(than: 0, from: line + x, to: line + ink.width) - line
          while x < ink.width, levels[line + x] < level { x += 1 }
          if x == ink.width { break }
          let start = x
          while x < ink.width, levels[line + x] >= level { x += 1 }
          let index = runs.count
          runs.append(Run(row: y, columns: start..<x, parent: index))
          while candidate < above.upperBound, runs[candidate].columns.upperBound < start { candidate += 1 }
          var i = candidate
          while i < above.upperBound, runs[i].columns.lowerBound <= x {
            let (a, b) = (root(i), root(index))
            if a < b { runs[b].parent = a } else { runs[a].parent = b }
            i += 1
          }
        }
        above = first..<runs.count
      }
    }
    var numbers = [Int: Int](minimumCapacity: 16)
    for i in runs.indices {
      let run = runs[i]
      let top = root(i)
      let number = numbers[top] ?? list.count
      let box = Rectangle(columns: run.columns, rows: run.row..<run.row + 1)
      var area = 0
      var strongest: UInt8 = 0
      let line = run.row * ink.width
      for x in run.columns {
        area += Int(ink.levels[line + x])
        strongest = max(strongest, ink.levels[line + x])
        labels[line + x] = Int32(number + 1)
      }
      if number == list.count {
        numbers[top] = number
        list.append(Component(box: box, area: Double(area) / 255, strongest: strongest))
      } else {
        list[number].strongest = max(list[number].strongest, strongest)
        list[number].box = list[number].box.union(box)
        list[number].area += Double(area) / 255
      }
    }
  }

  /// Cuts out the ink of some components.
  ///
  /// - Parameter indices: the components.
  /// - Returns: their ink in the smallest box around them.
  public func patch(of indices: [Int]) -> Patch {
    let box = indices.reduce(into: Rectangle.empty) { $0 = $0.union(list[$1].box) }
    let isWanted = isLabelWanted(indices)
    var patch = Patch(box: box)
    for y in 0..<box.height {
      let line = (box.y + y) * ink.width + box.x
      for x in 0..<box.width where isWanted[Int(labels[line + x])] {
        patch.ink[x, y] = ink.levels[line + x]
      }
    }
    return patch
  }

  /// The least level of ink that is not a faint edge.
  static let strong: UInt8 = 64

  /// The pixels of each component at a distance from the border, without faint edges.
  func contacts(of ink: Coverage, ring: Int) -> [Int] {
    var contacts = [Int](repeating: 0, count: list.count)
    func count(_ x: Int, _ y: Int) {
      let label = Int(labels[y * ink.width + x])
      if label > 0, ink[x, y] >= Self.strong { contacts[label - 1] += 1 }
    }
    let (right, bottom) = (ink.width - 1 - ring, ink.height - 1 - ring)
    guard ring < right, ring < bottom else { return contacts }
    for x in ring...right {
      count(x, ring)
      count(x, bottom)
    }
    for y in ring + 1..<bottom {
      count(ring, y)
      count(right, y)
    }
    return contacts
  }

  /// For each label of a pixel whether it is one of some components.
  func isLabelWanted(_ indices: [Int]) -> [Bool] {
    var isWanted = [Bool](repeating: false, count: list.count + 1)
    for index in indices { isWanted[index + 1] = true }
    return isWanted
  }
}

/// Ink that was cut out of a page, with its box on the page.
public struct Patch: Sendable, Equatable {
  /// The box on the page.
  public var box: Rectangle
  /// The ink, of the box's size.
  public var ink: Coverage

  /// Creates a patch without ink.
  ///
  /// - Parameter box: the box on the page.
  public init(box: Rectangle) {
    self.box = box
    ink = Coverage(width: box.width, height: box.height)
  }

  /// Creates a patch with the ink of some patches.
  init(joining patches: [Patch]) {
    self.init(box: patches.reduce(.empty) { $0.union($1.box) })
    for patch in patches {
      let left = patch.box.columns.lowerBound - box.columns.lowerBound
      let top = patch.box.rows.lowerBound - box.rows.lowerBound
      for y in 0..<patch.box.height {
        let (from, to) = (y * patch.box.width, (top + y) * box.width + left)
        for x in 0..<patch.box.width {
          ink.levels[to + x] = max(ink.levels[to + x], patch.ink.levels[from + x])
        }
      }
    }
  }
}
