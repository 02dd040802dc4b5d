
BklJϋΆ`AΒAήςIA