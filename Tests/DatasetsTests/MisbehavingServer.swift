// A web server for the tests of downloads.

import Basics
import Foundation

/// A local HTTP server.
///
/// The path of a request decides how the server answers: correctly, wrongly or not at all.
///
/// It is safe to share: the only mutable state is `asked`, which the lock protects.
final class MisbehavingServer: @unchecked Sendable {
  let address: String
  private let content: [UInt8]
  private let files: [String: [UInt8]]
  private let listener: Int32
  private let lock = NSLock()
  private var asked: [String] = []

  /// The requested paths, each with its start offset.
  var requests: [String] { lock.withLock { asked } }

  /// Makes a server with the content of most paths, and with the files of some others.
  init(content: [UInt8], files: [String: [UInt8]] = [:]) {
    self.content = content
    self.files = files
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var socketAddress = sockaddr_in()
    socketAddress.sin_family = sa_family_t(AF_INET)
    socketAddress.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &socketAddress) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, length)
        _ = getsockname(listener, $0, &length)
      }
    }
    listen(listener, 16)
    address = "http://127.0.0.1:\(UInt16(bigEndian: socketAddress.sin_port))"
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        if client < 0 { return }
        Thread.detachNewThread { [self] in
          serve(client)
          // A child process of another thread may have inherited the connection, so that `close` would not end it.
          shutdown(client, Int32(SHUT_RDWR))
          close(client)
        }
      }
    }
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func serve(_ client: Int32) {
    var request = [UInt8](repeating: 0, count: 8192)
    let count = recv(client, &request, request.count, 0)
    guard count > 0 else { return }
    let lines = String(decoding: request[..<count], as: UTF8.self).split(separator: "\r\n")
    let path = lines[0].split(separator: " ")[1]
    var start = 0
    if let range = lines.first(where: { $0.lowercased().hasPrefix("range: bytes=") }) {
      start = Int(range.dropFirst(13).prefix { $0 != "-" }) ?? 0
    }
    lock.withLock { asked.append("\(path) \(start)") }
    if let file = files[String(path)] { return answer(client, "200 OK", file[...]) }
    let rest = content.dropFirst(start)
    let part = "206 Partial Content\r\nContent-Range: bytes \(start)-\(content.count - 1)/\(content.count)"
    let status = start > 0 ? part : "200 OK"
    switch path.split(separator: "/").first {
    case "good": answer(client, status, rest)
    case "breaks":
      // A third of the rest and 2000 bytes more, at every request.
      answer(client, status, rest, cutAfter: rest.count / 3 + 2000)
    case "whole-only" where start > 0: answer(client, "200 OK", content[...])
    case "whole-only": answer(client, "200 OK", content[...], cutAfter: content.count / 2)
    case "moved": answer(client, "302 Found\r\nLocation: /good/file", [])
    case "round": answer(client, "302 Found\r\nLocation: /round/again", [])
    case "garbage": answer(client, "200 OK", Array("<html>Log in to this network</html>".utf8)[...])
    case "endless":
      send(client, "HTTP/1.0 200 OK\r\n\r\n")
      while send(client, [UInt8](repeating: 65, count: 65536)[...]) {}
    case "stalls":
      // Half of the rest, then nothing until the client disconnects.
      announce(client, status, rest.count)
      send(client, rest.prefix(rest.count / 2))
      _ = recv(client, &request, 1, 0)
    case "trickles":
      // A byte every 50 ms until the client disconnects.
      announce(client, status, rest.count)
      var wait = pollfd(fd: client, events: Int16(POLLIN), revents: 0)
      for byte in rest where poll(&wait, 1, 50) == 0 { send(client, [byte]) }
    case "silent":
      // Nothing until the client disconnects.
      _ = recv(client, &request, 1, 0)
    default: answer(client, "404 Not Found", Array("no".utf8)[...])
    }
  }

  private func answer(_ client: Int32, _ status: String, _ body: ArraySlice<UInt8>, cutAfter: Int? = nil) {
    announce(client, status, body.count)
    send(client, body.prefix(cutAfter ?? body.count))
  }

  private func announce(_ client: Int32, _ status: String, _ length: Int) {
    send(client, "HTTP/1.1 \(status)\r\nContent-Length: \(length)\r\nConnection: close\r\n\r\n")
  }

  private func send(_ client: Int32, _ text: String) { _ = send(client, Array(text.utf8)[...]) }

  @discardableResult
  private func send(_ client: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Foundation.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent <= 0 { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }
}
