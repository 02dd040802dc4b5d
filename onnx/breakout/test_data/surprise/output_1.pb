
BklJ6¸¨AÀÇA¶]A