
BklJ+gšAíx´A¥@„B