//! What deletion and removal leave of a post.
