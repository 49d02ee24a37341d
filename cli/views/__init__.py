"""How answers look on a terminal: tables and lines, made from the same JSON that machines get."""
