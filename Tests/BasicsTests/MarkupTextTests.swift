// Text inside HTML, SVG and XML.

import Basics
import Testing

@Suite("Text inside markup")
struct MarkupTextTests {
  @Test("has no character that markup gives a meaning, and none that XML lacks")
  func escaping() {
    #expect(
      MarkupText.escaped("a<b> & \"c\"\n\t\r\u{1}é") == "a&lt;b&gt; &amp; &quot;c&quot;\n\t\u{FFFD}\u{FFFD}é")
  }
}
