// The data sets that Inkling knows, with their sources and terms.

import Basics

/// A data set that Inkling knows: where it comes from, and what it may be used for.
///
/// A set that is not in the catalog can be used too, by the name of its folder.
package struct DatasetDescription: Sendable {
  /// What a set may be used for.
  package enum Use: String, Sendable {
    /// Models that are given to others may learn from it.
    case training
    /// The set is for measuring only: its terms forbid training, or it has no terms.
    case measuring
  }

  /// How a set is got.
  package enum Origin: Sendable {
    /// `inkling data fetch` downloads it.
    case fetched
    /// `inkling data fetch unipen` downloads what it is made of, `inkling data import unipen` makes it.
    case imported
    /// By hand, from its source.
    case byHand
  }

  /// The name of the folder.
  package let name: String
  /// The content.
  package let content: String
  /// The authors, and where it is published.
  package let source: String
  /// The terms.
  package let terms: String
  /// What it may be used for.
  package private(set) var use = Use.training
  /// How it is got.
  package private(set) var origin = Origin.byHand
  /// The usual size of a digit in the units of its strokes; nil if samples are scaled one by one, or for images.
  package private(set) var digitSize: Double?

  /// The citation that UNIPEN's terms ask for.
  package static let citationOfUNIPEN =
    "Guyon, Schomaker, Plamondon, Liberman and Janet, UNIPEN project of on-line data exchange and recognizer benchmarks, ICPR 1994"

  /// The sets.
  package static let all = [
    DatasetDescription(
      name: "mnist", content: "images of 60,000 + 10,000 digits",
      source: "LeCun, Cortes and Burges, from NIST's Special Databases 1 and 3",
      terms: "commonly given as CC BY-SA 3.0", origin: .fetched),
    DatasetDescription(
      name: "mnist-writers", content: "the writers of MNIST's digits",
      source: "QMNIST's labels (Yadav and Bottou, 2019), github.com/facebookresearch/qmnist",
      terms: "BSD style"),
    DatasetDescription(
      name: "pendigits", content: "strokes of digits, 30 writers",
      source: "Alpaydin and Alimoglu, 1998, UCI Machine Learning Repository, the training part",
      terms: "CC BY 4.0; please cite", origin: .fetched),
    DatasetDescription(
      name: "ujipenchars", content: "strokes of digits and letters, 8 writers",
      source: "Llorens and others, 2008, UCI Machine Learning Repository, the first 8 of 11 writers",
      terms: "CC BY 4.0", origin: .fetched),
    DatasetDescription(
      name: "uji2-digits", content: "strokes of digits, 37 writers",
      source:
        "Prat, Castro, Llorens, Marzal and Vilar, 2009, UJIpenchars version 2, UCI Machine Learning Repository, without the writers of version 1",
      terms: "CC BY 4.0"),
    DatasetDescription(
      name: "unipen-chars", content: "strokes of the 94 printable ASCII characters, 215 writers",
      source:
        "\(citationOfUNIPEN); train_r01_v07, Zenodo, doi.org/10.5281/zenodo.1195803, categories 1a to 1d",
      terms: "CC BY 4.0; please cite", origin: .imported, digitSize: 200),
    DatasetDescription(
      name: "unipen-lines",
      content: "strokes of numbers, dates and short sums, 194 writers who have the numbers of unipen-chars",
      source:
        "\(citationOfUNIPEN); train_r01_v07, Zenodo, doi.org/10.5281/zenodo.1195803, categories 7 and 8",
      terms: "CC BY 4.0; please cite"),
    DatasetDescription(
      name: "mathnote-symbols", content: "strokes of 123 signs, digits and letters, one writer",
      source: "github.com/YonatanNemtsov/mathnote-ocr", terms: "Apache 2.0", digitSize: 200),
    DatasetDescription(
      name: "omniglot-latin", content: "strokes of small letters, drawn with a mouse, 15 writers",
      source: "Lake, Salakhutdinov and Tenenbaum, 2015, github.com/brendenlake/omniglot", terms: "MIT"),
    DatasetDescription(
      name: "detexify-operators", content: "strokes of 51 signs, each scaled by itself, many unnamed writers",
      source: "Daniel Kirsch, Detexify, github.com/kirel/detexify-data", terms: "ODbL"),
    DatasetDescription(
      name: "detexify-other", content: "strokes of 351 other signs, none of which is a class",
      source: "Daniel Kirsch, Detexify, github.com/kirel/detexify-data", terms: "ODbL"),
    DatasetDescription(
      name: "sse-letters", content: "images of 15 capitals, about 190 writers",
      source: "VU CharWizard, github.com/spaghetti-enjoyer/SSE-letters", terms: "MIT"),
    DatasetDescription(
      name: "bhmsds", content: "images of digits, signs and four letters",
      source: "github.com/wblachowski/bhmsds", terms: "MIT"),
    DatasetDescription(
      name: "mdas-symbols", content: "images of arithmetic signs",
      source: "github.com/jdmacleod/handwritten-calculator", terms: "MIT"),
    DatasetDescription(
      name: "chars74k-strokes", content: "strokes of digits and letters, 40 writers",
      source: "de Campos, Babu and Varma, 2009", terms: "for research; please cite", use: .measuring),
    DatasetDescription(
      name: "hwd-1000", content: "images of digits drawn on a screen",
      source: "github.com/niklashenning/hwd-1000-dataset", terms: "MIT", use: .measuring),
    DatasetDescription(
      name: "dollar1-gestures", content: "strokes of 16 gestures, 9 writers",
      source: "Wobbrock, Wilson and Li, UIST 2007", terms: "none stated", use: .measuring),
    DatasetDescription(
      name: "crohme-expressions-strokes", content: "strokes of formulas, grouped into symbols",
      source: "CROHME (Mouchère, Viard-Gaudin, Zanibbi and Garain)", terms: "CC BY-NC-SA 3.0",
      use: .measuring,
      digitSize: 200),
  ]

  /// The description of a set by the name of its folder, or nil.
  package static func named(_ name: String) -> DatasetDescription? { all.first { $0.name == name } }

  /// How to get the set, as one part of a sentence.
  package var advice: String {
    switch origin {
    case .fetched: "fetch it with 'inkling data fetch \(name)', or name its folder with --data"
    case .imported:
      "fetch it with 'inkling data fetch unipen' and make it with 'inkling data import unipen FOLDER', or name its folder with --data"
    case .byHand:
      "it comes from \(source) (\(terms)); name the folder that holds '\(name)' with --data or $INKLING_DATA"
    }
  }
}
