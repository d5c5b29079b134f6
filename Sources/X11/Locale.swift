// The C library's idea of the person's language, which Xlib needs to read keys and compose characters.

internal import CX11
import Glibc
import Synchronization

enum Locale {
  private static let isPrepared = Mutex(false)

  /// Sets the locale of characters once for the process, always one in UTF-8.
  ///
  /// Numbers and dates stay those of C: no file of Inkling depends on where it was written.
  static func prepare() {
    isPrepared.withLock { isPrepared in
      if isPrepared { return }
      isPrepared = true
      // From libX11 1.8 on it does this itself; before, two connections on two threads need it.
      XInitThreads()
      setlocale(LC_CTYPE, "")
      if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" || XSupportsLocale() == 0 {
        setlocale(LC_CTYPE, "C.UTF-8")
      }
    }
  }
}
