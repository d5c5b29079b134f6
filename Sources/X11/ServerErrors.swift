// The errors that Xlib reports through callbacks of the process, kept for each connection, so that neither an X
// error nor a lost connection ends the program.

internal import CX11
import Synchronization

/// The state of one connection.
struct ConnectionState: Sendable {
  /// The errors since they were last read: the serial number of the request, and the code.
  var errors: [(serial: UInt, code: UInt8)] = []
  /// Whether the connection is lost.
  var isLost = false
}

/// The states of all connections of this process, by the address of Xlib's record.
enum ServerErrors {
  private static let states = Mutex<[UInt: ConnectionState]>([:])

  /// Installs the callbacks for a connection, before its first request.
  static func add(_ connection: OpaquePointer) {
    states.withLock { $0[key(connection)] = ConnectionState() }
    XSetErrorHandler { connection, event in
      guard let connection, let event else { return 0 }
      ServerErrors.append(connection, serial: event.pointee.serial, code: event.pointee.error_code)
      return 0
    }
    // The first callback keeps Xlib from printing, the second one (libX11 1.7 and later) from calling exit().
    XSetIOErrorHandler { connection in
      if let connection { ServerErrors.setLost(connection) }
      return 0
    }
    XSetIOErrorExitHandler(
      connection,
      { connection, _ in
        if let connection { ServerErrors.setLost(connection) }
      }, nil)
  }

  /// Removes the state of a connection that is about to be closed.
  static func remove(_ connection: OpaquePointer) {
    states.withLock { _ = $0.removeValue(forKey: key(connection)) }
  }

  /// Whether a connection is lost.
  static func isLost(_ connection: OpaquePointer) -> Bool {
    states.withLock { $0[key(connection)]?.isLost ?? true }
  }

  /// Removes all errors.
  ///
  /// - Returns: The code of the first error of the requests from a serial number on.
  static func removeFirst(of connection: OpaquePointer, since serial: UInt) -> UInt8? {
    states.withLock { states in
      let errors = states[key(connection)]?.errors ?? []
      states[key(connection)]?.errors = []
      return errors.first { $0.serial >= serial }?.code
    }
  }

  private static func append(_ connection: OpaquePointer, serial: UInt, code: UInt8) {
    states.withLock { states in
      // The number is bounded, so that a hostile program cannot fill the memory with errors.
      if let count = states[key(connection)]?.errors.count, count < 64 {
        states[key(connection)]?.errors.append((serial, code))
      }
    }
  }

  private static func setLost(_ connection: OpaquePointer) {
    states.withLock { $0[key(connection)]?.isLost = true }
  }

  private static func key(_ connection: OpaquePointer) -> UInt { UInt(bitPattern: connection) }
}
