
BklJ¤çAÚåÙAžÙƒA