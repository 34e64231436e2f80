"""The roster (单位和人员名册) as an Excel workbook: read, compare with what is there, carry out, write.

`columns` names the columns, `reading` turns bytes into rows, `facts` reads the database, `planning` compares without
writing anything, `applying` writes what was planned, `workbook` writes the sheets.
"""
