"""How far electronic channels have taken over from the counter, in every version that banks use, and who could follow."""
