# 表格读不进来时的提示：每条先说是怎么回事，再说下一步怎么做。整张表都没有读入，改好后重新上传即可。
# $file 是文件名，$sheet 是工作表名，$row 是行号，$column 是列的字母。
sheet-empty = 文件“{ $file }”是空的，请检查是否选错了文件，再重新上传。
sheet-old-workbook = “{ $file }”是旧版 .xls 文件，读不了；请在表格软件里打开它，“另存为”.xlsx 再上传。
sheet-encrypted = “{ $file }”设了打开密码，请在表格软件里取消密码，保存后再上传。
sheet-wrong-kind = “{ $file }”不是表格文件，请上传 .xlsx 或 .csv 文件。
sheet-not-a-workbook = “{ $file }”里没有工作表（可能是改了后缀的 Word 文档或压缩包），请把表格另存为 .xlsx 再上传。
sheet-damaged = “{ $file }”已损坏或没有传完整，请用表格软件打开，确认内容后重新保存、重新上传。
sheet-too-large = “{ $file }”里的内容过多，超出了一张名册或周表的大小；请新建一个表格，只粘贴需要的内容，再上传。
sheet-encoding = “{ $file }”的文字编码认不出来，请另存为 .xlsx，或另存为 UTF-8 编码的 .csv 再上传。
sheet-no-header = “{ $file }”里没有找到表头，请在前 20 行内留一行写明各列名称，至少要有：{ $wanted }。
sheet-no-column = 工作表“{ $sheet }”第 { $row } 行的表头里没有“{ $title }”这一列，请补上后再上传。
sheet-no-rows = 工作表“{ $sheet }”只有表头，下面没有内容，请填好后再上传。
sheet-too-many-rows = 工作表“{ $sheet }”超过 { $limit } 行，请删去不需要的行，或分成几张表上传。
sheet-too-wide = 工作表“{ $sheet }”第 { $row } 行的 { $column } 列有内容，只读前 { $limit } 列；请删去多余的列再上传。
sheet-long-cell = 工作表“{ $sheet }”的 { $column }{ $row } 单元格超过 { $limit } 个字，请删短后再上传。
sheet-formula = 工作表“{ $sheet }”的 { $column }{ $row } 单元格是公式，请复制该列，用“选择性粘贴—数值”换成文字后再上传。
sheet-missing-cell = 工作表“{ $sheet }”的 { $column }{ $row } 单元格是空的，“{ $name }”这一行需要填写；请补上后再上传。
sheet-twice = 工作表“{ $sheet }”里“{ $unit }”的“{ $name }”在第 { $first } 行和第 { $row } 行（{ $column } 列）出现了两次；如果是同一人，请合成一行，几个职务用顿号隔开；如果是两个人，请在姓名里区分开，例如写成“{ $name }（大）”。
sheet-no-unit = 工作表“{ $sheet }”的 { $column }{ $row } 单元格（“{ $what }”）没有写金额单位；请在表头写明，例如“总投资（万元）”，或在表格上方写“单位：万元”，再上传。
sheet-no-reason = 工作表“{ $sheet }”的 { $column }{ $row } 单元格里，“{ $name }”的预计时间和计划不同，却没有原因；改期的原因要公开，请加一列“原因”写明，或把这一格留空，再上传。
sheet-only-forecast = 工作表“{ $sheet }”的 { $column }{ $row } 单元格是“{ $what }”，没有“计划完成时间”一列；原定时间要写最初的计划，请补上这一列。如果这就是最初的计划，请把列名改成“计划完成时间”，再上传。
sheet-no-day = 工作表“{ $sheet }”的 { $column }{ $row } 单元格读不出日期（“{ $what }”）；请写明年月日，例如“2026年6月30日”或“2026年6月底”，有几个节点就写几个日期，再上传。
