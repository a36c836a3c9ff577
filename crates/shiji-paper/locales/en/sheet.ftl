# Why a sheet was not read: what happened, then what to do. Nothing of it was taken over; mend it and upload it again.
# $file is the file, $sheet the worksheet, $row the row's number, $column the column's letters.
sheet-empty = “{ $file }” is empty. Check that it is the right file and upload it again.
sheet-old-workbook = “{ $file }” is an old .xls workbook, which cannot be read. Open it in a spreadsheet program, save it as .xlsx and upload that.
sheet-encrypted = “{ $file }” is protected with a password. Remove the password in a spreadsheet program, save it and upload it again.
sheet-wrong-kind = “{ $file }” is not a table. Upload an .xlsx or a .csv file.
sheet-not-a-workbook = “{ $file }” has no worksheet in it; it may be a renamed document or archive. Save the table as .xlsx and upload that.
sheet-damaged = “{ $file }” is damaged or incomplete. Open it in a spreadsheet program, check it, save it and upload it again.
sheet-too-large = “{ $file }” holds more than a roster or a weekly table can. Paste only what is needed into a new table and upload that.
sheet-encoding = The letters of “{ $file }” cannot be made out. Save it as .xlsx, or as .csv in UTF-8, and upload that.
sheet-no-header = “{ $file }” has no header. Within the first 20 rows, write one that names the columns, at least: { $wanted }.
sheet-no-column = The header in row { $row } of “{ $sheet }” has no column “{ $title }”. Add it and upload the file again.
sheet-no-rows = “{ $sheet }” has a header and nobody below it. Fill it in and upload the file again.
sheet-too-many-rows = “{ $sheet }” has more than { $limit } rows. Delete those that are not needed, or upload it in parts.
sheet-too-wide = Row { $row } of “{ $sheet }” has something in column { $column }; only the first { $limit } columns are read. Delete the columns that are not needed and upload the file again.
sheet-long-cell = Cell { $column }{ $row } of “{ $sheet }” holds more than { $limit } characters. Shorten it and upload the file again.
sheet-formula = Cell { $column }{ $row } of “{ $sheet }” is a formula. Copy the column, paste it as values and upload the file again.
sheet-missing-cell = Cell { $column }{ $row } of “{ $sheet }” is empty, and the row of “{ $name }” needs it. Fill it in and upload the file again.
sheet-twice = “{ $name }” of “{ $unit }” stands twice in “{ $sheet }”, in row { $first } and in row { $row } (column { $column }). If it is one person, make it one row with the posts parted by commas; if they are two, tell them apart in the name, for instance “{ $name } (1)”.
sheet-no-unit = The amount in cell { $column }{ $row } of sheet “{ $sheet }” (“{ $what }”) has no unit; write it in the title, such as 总投资（万元）, or above the table, such as 单位：万元, and upload it again.
sheet-no-reason = Cell { $column }{ $row } of sheet “{ $sheet }” expects “{ $name }” on another day than planned and gives no reason; reasons are public: add a column 原因, or leave the cell empty, and upload it again.
sheet-only-forecast = Cell { $column }{ $row } of sheet “{ $sheet }” is “{ $what }”, and there is no column 计划完成时间; what is promised is the first plan, so add that column. If this is the first plan, call the column 计划完成时间 and upload it again.
sheet-no-day = Cell { $column }{ $row } of sheet “{ $sheet }” should name a day (“{ $what }”); write year, month and day, such as 2026-06-30, one day for each milestone, and upload it again.
