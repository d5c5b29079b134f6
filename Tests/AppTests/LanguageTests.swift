// The tables of texts.

import App
import Graphics
import Testing

@Suite struct LanguageTests {
  private static let translated = Language.allCases.filter { $0 != .english }

  @Test func aLocaleChoosesTheLanguage() {
    #expect(Language(locale: "de_AT.UTF-8") == .german && Language(locale: "fr") == .french)
    #expect(Language(locale: "C") == .english && Language(locale: nil) == .english)
    #expect(Language.german.text("%1 of %2 doubtful", "2", "6") == "2 von 6 fraglich")
    #expect(Language.english.text("%1 of %2 doubtful", "2", "6") == "2 of 6 doubtful")
  }

  @Test(arguments: translated) func everyTableHasAllTexts(language: Language) {
    let keys = Set(Language.german.table.keys)
    #expect(Set(language.table.keys) == keys)
    for (english, text) in language.table {
      for value in ["%1", "%2"] { #expect(english.contains(value) == text.contains(value), "\(text)") }
    }
    for control in Control.allCases {
      #expect(keys.contains(control.tooltip))
      if let title = control.title, title != "?" { #expect(keys.contains(title), "\(title)") }
    }
    for row in KeyBinding.all { #expect(keys.contains(row.meaning), "\(row.meaning)") }
  }

  /// All texts of draw commands.
  private func texts(_ marks: [DrawCommand]) -> [String] {
    marks.flatMap { mark -> [String] in
      switch mark {
      case .text(let text, _, _, _): [text]
      case .within(_, let marks): texts(marks)
      default: []
      }
    }
  }

  @Test(arguments: translated, LayoutTests.sizes) func textsFit(language: Language, size: (Int, Int)) {
    let renderer = TextRenderer()
    for name in ["seven", "several", "models", "empty", "sums", "keys"] {
      let state = ReferenceTests.state(
        name, size: WindowSize(width: size.0, height: size.1), language: language)
      for part in View.scene(of: state, renderer: renderer).parts {
        for text in texts(part.marks) {
          #expect(!text.contains("…"), "\(name): '\(text)' in \(part.name) is shortened")
        }
      }
    }
  }
}
