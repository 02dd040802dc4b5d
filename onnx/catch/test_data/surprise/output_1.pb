
BklJvéÿA ´B|ý>A