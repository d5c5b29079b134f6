// A model that answers many labelled samples at once.

import Evaluation
import NeuralNetwork
import Recognition
import Training

extension Evaluation {
  /// Examines a model with some threads; results that are not finite numbers are a failure.
  init(of model: Model, _ questions: [Question], threads: Int) throws(Failure) {
    do throws(ModelResultError) {
      try self.init(model, questions, predict: ModelAnswers.predict(model, threads: threads))
    } catch {
      throw Failure(error)
    }
  }
}

/// Models that answer.
enum ModelAnswers {
  /// Answers many questions at once: for each a row of probabilities from each network.
  static func predict(_ model: Model, threads: Int) -> ([Question]) -> [[[Float]]] {
    { questions in
      let outputs = model.classes.outputs
      let inputs = questions.flatMap(\.input)
      let answers = model.networks.map {
        ValidationSet.predictor(threads: threads)($0, inputs)
      }
      return questions.indices.map { row in
        answers.map { Array($0[(row * outputs)..<((row + 1) * outputs)]) }
      }
    }
  }
}
