
BdiscountJom}?X}?=n}?