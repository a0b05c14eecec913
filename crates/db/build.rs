//! The migrations are read into the library: a new one makes it anew.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
