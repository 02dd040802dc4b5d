
BklJ|ìPB…Â–Ae¶?B