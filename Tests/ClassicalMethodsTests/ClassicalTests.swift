import ClassicalMethods
import Evaluation
import Foundation
import Testing

/// The results of scikit-learn on the same samples, which `Fixtures/make-classical.py` computes.
private struct Recorded: Decodable {
  let pcaVariances: [Double]
  let pcaComponents: [Float]
  let knn: [Int32]
  let softmax: [UInt8]
  let softmaxLoss: Double
  let leastSquares: [UInt8]
  let kMeansInertia: Double
  let kMeansCenters: [Float]
  let svm: [UInt8]
  let svmVectors: Int
  let svmDecisions: [Float]

  static func load() throws -> Recorded {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/classical.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Recorded.self, from: Data(contentsOf: file))
  }
}

/// The same samples as those of the script, number by number.
private struct SampleGenerator {
  private var state: UInt64 = 12345

  private mutating func chance() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / 16_777_216
  }

  mutating func samples(_ count: Int, _ width: Int) -> Samples {
    var matrix = Matrix(rows: count, columns: width)
    for i in 0..<count {
      for j in 0..<width {
        let centre = Double((i % 10 * 7 + j * 3) % 11) / 11
        matrix.values[i * width + j] = Float(0.4 * centre + 0.6 * chance())
      }
    }
    return Samples(pictures: matrix, labels: (0..<count).map { UInt8($0 % 10) })
  }
}

@Suite struct ClassicalTests {
  private let train: Samples
  private let test: Samples
  private let recorded: Recorded

  init() throws {
    var generator = SampleGenerator()
    train = generator.samples(400, 30)
    test = generator.samples(100, 30)
    recorded = try Recorded.load()
  }

  @Test func principalComponentsEqualThoseOfScikitLearn() throws {
    let found = try PrincipalComponents(train.pictures, components: 8, ExecutionContext())
    for (ours, theirs) in zip(found.variances, recorded.pcaVariances) {
      #expect(abs(ours - theirs) < 1e-5 * theirs)
    }
    let largest = zip(found.components.values, recorded.pcaComponents).map { abs($0 - $1) }.max() ?? 1
    #expect(largest < 1e-4)
  }

  @Test(arguments: 1...12) func projectionOnAllComponentsPreservesDistances(order: Int) throws {
    var generator = SampleGenerator()
    let pictures = generator.samples(order + 3, order).pictures
    let found = try PrincipalComponents(pictures, components: order, ExecutionContext())
    // A projection on all directions preserves the distances between pictures.
    let projected = try found.project(pictures, ExecutionContext())
    for row in 1..<pictures.rows {
      #expect(abs(distance(pictures, 0, row) - distance(projected, 0, row)) < 1e-4)
    }
    #expect(abs(found.explained - 1) < 1e-6 || order == 1)
  }

  private func distance(_ matrix: Matrix, _ a: Int, _ b: Int) -> Float {
    square(matrix, a, matrix, b).squareRoot()
  }

  private func square(_ first: Matrix, _ a: Int, _ second: Matrix, _ b: Int) -> Float {
    var sum: Float = 0
    for (x, y) in zip(first.row(a), second.row(b)) { sum += (x - y) * (x - y) }
    return sum
  }

  @Test(arguments: [1, 2, 5, 17, 31, 32, 33, 64, 65, 257, 400])
  func nearestNeighboursEqualThoseOfALinearSearch(count: Int) throws {
    let some = train.at(0..<count)
    let k = min(3, count)
    var method = NearestNeighbors(k: k)
    try method.fit(some, ExecutionContext())
    let found = try method.neighbors(of: test.pictures, ExecutionContext())
    for row in 0..<test.count {
      let distances = (0..<count).map { square(some.pictures, $0, test.pictures, row) }
      let nearest = (0..<count).sorted { distances[$0] < distances[$1] }.prefix(k).map { Int32($0) }
      #expect(Array(found[(row * k)..<((row + 1) * k)]) == nearest)
    }
  }

  @Test func nearestNeighboursEqualThoseOfScikitLearn() throws {
    var method = NearestNeighbors(k: 3)
    try method.fit(train, ExecutionContext())
    let found = try method.neighbors(of: test.pictures, ExecutionContext())
    let sorted = stride(from: 0, to: found.count, by: 3).flatMap { found[$0..<($0 + 3)].sorted() }
    #expect(sorted == recorded.knn)
  }

  @Test func aTieAmongNeighboursGoesToTheNearest() throws {
    let pictures = Matrix(rows: 3, columns: 1, values: [0, 1, 3])
    var method = NearestNeighbors(k: 3)
    try method.fit(Samples(pictures: pictures, labels: [4, 7, 9]), ExecutionContext())
    #expect(
      try method.predict(Matrix(rows: 2, columns: 1, values: [0.9, 2.9]), ExecutionContext()) == [7, 9])
  }

  @Test func softmaxRegressionReachesTheMinimumOfScikitLearn() throws {
    var method = SoftmaxRegression(inverseRegularization: 1, iterations: 2000)
    try method.fit(train, ExecutionContext())
    let loss = try #require(method.losses.last)
    #expect(abs(loss - recorded.softmaxLoss) < 1e-4)
    #expect(equalAnswers(try method.predict(test.pictures, ExecutionContext()), recorded.softmax) >= 99)
  }

  @Test func leastSquaresAnswersEqualThoseOfScikitLearn() throws {
    var method = LeastSquares(penalty: 2)
    try method.fit(train, ExecutionContext())
    #expect(try method.predict(test.pictures, ExecutionContext()) == recorded.leastSquares)
  }

  @Test func kMeansFromTheSameStartEqualsThatOfScikitLearn() throws {
    var method = KMeans(clusters: 10, iterations: 300)
    try method.fit(train, from: train.pictures.rows(at: 0..<10), ExecutionContext())
    #expect(abs(method.inertia - recorded.kMeansInertia) < 1e-3 * recorded.kMeansInertia)
    let largest = zip(method.centers.values, recorded.kMeansCenters).map { abs($0 - $1) }.max() ?? 1
    #expect(largest < 1e-4)
  }

  @Test(arguments: [1, 2, 7, 40]) func kMeansAssignsEveryPictureToItsNearestCentre(clusters: Int) throws {
    var method = KMeans(clusters: clusters, iterations: 50)
    try method.fit(train, ExecutionContext())
    #expect(method.centers.rows == clusters)
    var inertia = 0.0
    for row in 0..<train.count {
      let distances = (0..<clusters).map { square(method.centers, $0, train.pictures, row) }
      inertia += Double(distances.min() ?? 0)
    }
    #expect(abs(inertia - method.inertia) < 1e-4 * inertia)
  }

  @Test func supportVectorsEqualThoseOfScikitLearn() throws {
    var method = SupportVectorMachine(cost: 2, gamma: 0.5)
    try method.fit(train, ExecutionContext())
    #expect(abs(method.vectorCount - recorded.svmVectors) <= max(1, recorded.svmVectors / 100))
    #expect(equalAnswers(try method.predict(test.pictures, ExecutionContext()), recorded.svm) >= 99)
    let decisions = try method.decisions(test.pictures.rows(at: 0..<20), ExecutionContext())
    let largest = zip(decisions.values, recorded.svmDecisions).map { abs($0 - $1) }.max() ?? 1
    // Both stop within 1e-3 of the optimality conditions, at different points.
    #expect(largest < 5e-3)
  }

  private func equalAnswers(_ ours: [UInt8], _ theirs: [UInt8]) -> Int {
    zip(ours, theirs).count { $0 == $1 }
  }

  @Test func answersDoNotDependOnTheNumberOfThreads() throws {
    for make in [
      { NearestMean() as any Classifier }, { KMeans(clusters: 10) },
      { SupportVectorMachine(cost: 2, gamma: 0.5) },
    ] {
      var (one, three) = (make(), make())
      try one.fit(train, ExecutionContext(threads: 1))
      try three.fit(train, ExecutionContext(threads: 3))
      #expect(
        try one.predict(test.pictures, ExecutionContext(threads: 1))
          == three.predict(test.pictures, ExecutionContext(threads: 3))
      )
    }
  }

  @Test func everyMethodStopsOnRequest() {
    let stopped = ExecutionContext(isStopped: { true })
    for method in ClassicalMethod.all {
      #expect(throws: Stopped.self) {
        try MethodComparison(train: train, test: test, isQuick: true).measure(method, stopped)
      }
    }
  }
}
