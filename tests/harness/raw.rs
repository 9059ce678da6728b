//! Bytes on a socket, for what no client library would send.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use super::town::Town;

/// A connection to the server.
pub fn connect(town: &Town) -> TcpStream {
    let address = town.address.trim_start_matches("http://");
    let stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(3)))
        .unwrap();
    stream
        .set_write_timeout(Some(Duration::from_secs(3)))
        .unwrap();
    stream
}

/// Sends bytes and reads until the server closes or says nothing more.
pub fn exchange(town: &Town, bytes: &[u8]) -> String {
    let mut stream = connect(town);
    // The server may close before it has read all.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

/// The status of the first answer in a reply; 0 when there is none.
pub fn status(reply: &str) -> u16 {
    reply
        .split_whitespace()
        .nth(1)
        .and_then(|word| word.parse().ok())
        .unwrap_or(0)
}

/// How many answers a reply holds.
pub fn answers(reply: &str) -> usize {
    reply.matches("HTTP/1.").count()
}
