"""The sheets of the month's workbook, one module each: columns over rows."""
