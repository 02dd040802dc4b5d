
BrewardJ	©%½‡—
¼êÎº