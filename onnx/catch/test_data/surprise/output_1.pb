
BklJ%BgIbBŒ[B