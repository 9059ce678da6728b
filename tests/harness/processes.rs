//! Several server processes on one database, behind a proxy that gives each request to the next.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Child;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::town::Town;

/// The processes beside the town's own.
pub struct Processes {
    others: Vec<Child>,
    /// Where each answers by itself, the town's own first.
    pub addresses: Vec<String>,
}

impl Processes {
    /// Starts so many processes more and puts the proxy before all of them: from now on the town is
    /// asked through it.
    pub fn join(town: &mut Town, more: usize) -> Self {
        let started: Vec<(Child, String)> = (0..more).map(|_| town.start_another()).collect();
        let (others, beside): (Vec<Child>, Vec<String>) = started.into_iter().unzip();
        let mut addresses = vec![town.address.clone()];
        addresses.extend(beside);
        town.address = proxy(addresses.clone());
        Self { others, addresses }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for process in &mut self.others {
            // A process that is gone already needs no killing.
            drop(process.kill());
            drop(process.wait());
        }
    }
}

/// Passes requests on to an address, but for those whose first line holds a word.
pub fn way_without(address: String, word: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let address = address.clone();
            thread::spawn(move || {
                let request = read_request(&mut client)?;
                let end = request.windows(2).position(|two| two == b"\r\n")?;
                let line = String::from_utf8_lossy(&request[..end]).into_owned();
                if !line.contains(word) {
                    pass(&request, client, &address);
                }
                Some(())
            });
        }
    });
    here
}

fn proxy(addresses: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let turn = AtomicUsize::new(0);
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let turn = turn.fetch_add(1, Ordering::Relaxed);
            let next = addresses[turn % addresses.len()].clone();
            thread::spawn(move || pass_on(client, &next));
        }
    });
    address
}

/// Passes one request on, and its answer back.
fn pass_on(mut client: TcpStream, to: &str) {
    if let Some(request) = read_request(&mut client) {
        pass(&request, client, to);
    }
}

fn pass(request: &[u8], mut client: TcpStream, to: &str) {
    let Ok(mut server) = TcpStream::connect(to.trim_start_matches("http://")) else {
        return;
    };
    // Who hangs up meanwhile is told nothing.
    let _ = server.write_all(request);
    let _ = std::io::copy(&mut server, &mut client);
    let _ = client.shutdown(Shutdown::Both);
}

/// The bytes of one request, which ends its connection.
fn read_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut read, mut part) = (Vec::new(), [0; 4096]);
    let head = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        match client.read(&mut part) {
            Ok(0) | Err(_) => return None,
            Ok(length) => read.extend_from_slice(&part[..length]),
        }
    };
    let text = String::from_utf8_lossy(&read[..head]).into_owned();
    let length = text
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, length)| length.parse().unwrap());
    while read.len() < head + length {
        match client.read(&mut part) {
            Ok(0) | Err(_) => return None,
            Ok(more) => read.extend_from_slice(&part[..more]),
        }
    }
    let line = text.find("\r\n")? + 2;
    let mut request = read[..line].to_vec();
    request.extend_from_slice(b"connection: close\r\n");
    request.extend_from_slice(&read[line..]);
    Some(request)
}
