
BdiscountJ¤p}?¤p}?¤p}?