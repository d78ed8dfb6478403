"""A language in -> every word that the tool itself adds to a document.

Nothing else in the product may put words into an output. Templates use
``str.format`` fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from report_data.links import check_link

if TYPE_CHECKING:
    from report_data.model import Figure, Language


class ChartWords(Struct, frozen=True):
    """The sentences that describe a chart to who cannot see it."""

    titled: str
    untitled: str
    """What is shown; fields ``kind``, ``title``, ``x``, ``names``, ``count``, ``first``,
    ``last``."""
    rises: str
    falls: str
    level: str
    """How a series runs; fields ``name``, and its values ``first`` and ``last``."""
    highest: str
    lowest: str
    """Fields ``value`` and ``category``."""
    ends: str
    """Where a series is lowest and highest at its ends."""
    parts: str
    """Of a whole; fields ``name``, ``high``, ``most``, ``low``, ``least``."""
    single: str
    """A single number; fields ``name``, ``category``, ``value``."""
    data: str
    """Where the numbers are; field ``table``."""
    comma: str
    stop: str


class Furniture(Struct, frozen=True):
    """The tool's own words in one language."""

    contents: str
    author: str
    date: str
    keywords: str
    abstract: str
    page_of: str
    """Fields ``page`` and ``pages``."""
    continued: str
    """Follows a title on continuation slides; fields ``part`` and ``parts``."""
    table: str
    """A table's number; field ``number``."""
    figure: str
    section: str
    list_of_tables: str
    pictures: str
    """The workbook's sheet of them."""
    notes: str
    sources: str
    full_text: str
    closing: str
    opening: str
    """The title of what stands before the first heading."""
    sheet: str
    """Header of the contents sheet's column of sheet names."""
    title: str
    number: str
    rows: str
    total: str
    """The label of a table's total row."""
    column: str
    """A column without a header of its own; field ``number``."""
    unit: str
    """After the header of a column whose numbers have one unit; field ``unit``."""
    content: str
    kind: str
    excerpt: str
    """On a slide or page that shows part of a table; fields ``shown``, ``total``, ``name``."""
    image_missing: str
    """In place of a picture that was not read; field ``alt``."""
    colon: str
    """What stands between a label and its text."""
    formula_sub: str
    formula_power: str
    formula_over: str
    formula_root: str
    """How the structure of a formula is read out: below, above, a fraction, a root."""
    chart: ChartWords
    chart_kinds: tuple[tuple[str, str], ...]
    """What a kind of chart is called in its description, by `report_data.charts.ChartKind`."""
    kinds: tuple[tuple[str, str], ...]
    """What a kind of block is called in the workbook's full text (heading, paragraph, ...)."""

    def missing(self, figure: Figure) -> str:
        """Return what stands for a picture: its alternative text, or where it should have been."""
        return self.image_missing.format(alt=figure.alt or figure.source)

    def way_to(self, figure: Figure) -> str | None:
        """Return the address of a picture on the network: nothing is fetched, one may go there."""
        address = check_link(figure.source).address if figure.path is None else ""
        return address if address.startswith(("http:", "https:")) else None

    def kind_of(self, kind: str) -> str:
        """Return the word for a kind of block."""
        return dict(self.kinds).get(kind, kind)


_ZH_HANS = Furniture(
    contents="目录",
    author="作者",
    date="日期",
    keywords="关键词",
    abstract="摘要",
    page_of="第 {page} 页 / 共 {pages} 页",
    continued="（续 {part}/{parts}）",
    table="表 {number}",
    figure="图 {number}",
    section="第 {number} 节",
    list_of_tables="表格与插图",
    pictures="插图",
    notes="注释",
    sources="来源",
    full_text="全文",
    closing="完",
    opening="引言",
    sheet="工作表",
    title="标题",
    number="编号",
    rows="行数",
    total="合计",
    column="列 {number}",
    unit="（{unit}）",
    content="内容",
    kind="类型",
    excerpt="前 {shown} 行，共 {total} 行，全表见工作簿《{name}》",
    image_missing="［图片：{alt}］",
    colon="：",
    formula_sub="下标",
    formula_power="上标",
    formula_over="除以",
    formula_root="根号",
    chart=ChartWords(
        comma="、",
        titled="{kind}“{title}”，按{x}显示{names}，共{count}项，从{first}到{last}。",
        untitled="{kind}，按{x}显示{names}，共{count}项，从{first}到{last}。",
        rises="{name}总体上升，从开头的{first}到末尾的{last}",
        falls="{name}总体下降，从开头的{first}到末尾的{last}",
        level="{name}首尾相同，都是{first}",
        highest="，最高值{value}出现在{category}",
        lowest="，最低值{value}出现在{category}",
        ends="，最高值与最低值就在首尾",
        parts="在{name}的各部分中，最大的一份是{high}，为{most}，最小的一份是{low}，为{least}",
        single="{name}：{category}为{value}",
        stop="。",
        data="全部数据见{table}。",
    ),
    chart_kinds=(
        ("column", "柱形图"),
        ("stacked", "堆积柱形图"),
        ("bar", "条形图"),
        ("stacked-bar", "堆积条形图"),
        ("line", "折线图"),
        ("area", "面积图"),
        ("pie", "饼图"),
        ("doughnut", "环形图"),
        ("scatter", "散点图"),
        ("combined", "组合图"),
        ("number", "数字"),
    ),
    kinds=(
        ("heading", "标题"),
        ("paragraph", "段落"),
        ("list", "列表项"),
        ("table", "表格"),
        ("quote", "引用"),
        ("code", "代码"),
        ("figure", "图片"),
        ("note", "注释"),
        ("box", "框"),
        ("math", "公式"),
    ),
)

_ZH_HANT = Furniture(
    contents="目錄",
    author="作者",
    date="日期",
    keywords="關鍵詞",
    abstract="摘要",
    page_of="第 {page} 頁 / 共 {pages} 頁",
    continued="（續 {part}/{parts}）",
    table="表 {number}",
    figure="圖 {number}",
    section="第 {number} 節",
    list_of_tables="表格與插圖",
    pictures="插圖",
    notes="註釋",
    sources="來源",
    full_text="全文",
    closing="完",
    opening="引言",
    sheet="工作表",
    title="標題",
    number="編號",
    rows="列數",
    total="合計",
    column="欄 {number}",
    unit="（{unit}）",
    content="內容",
    kind="類型",
    excerpt="前 {shown} 列，共 {total} 列，全表見活頁簿《{name}》",
    image_missing="［圖片：{alt}］",
    colon="：",
    formula_sub="下標",
    formula_power="上標",
    formula_over="除以",
    formula_root="根號",
    chart=ChartWords(
        comma="、",
        titled="{kind}「{title}」，按{x}顯示{names}，共{count}項，從{first}到{last}。",
        untitled="{kind}，按{x}顯示{names}，共{count}項，從{first}到{last}。",
        rises="{name}總體上升，從開頭的{first}到末尾的{last}",
        falls="{name}總體下降，從開頭的{first}到末尾的{last}",
        level="{name}首尾相同，都是{first}",
        highest="，最高值{value}出現在{category}",
        lowest="，最低值{value}出現在{category}",
        ends="，最高值與最低值就在首尾",
        parts="在{name}的各部分中，最大的一份是{high}，為{most}，最小的一份是{low}，為{least}",
        single="{name}：{category}為{value}",
        stop="。",
        data="全部資料見{table}。",
    ),
    chart_kinds=(
        ("column", "直條圖"),
        ("stacked", "堆疊直條圖"),
        ("bar", "橫條圖"),
        ("stacked-bar", "堆疊橫條圖"),
        ("line", "折線圖"),
        ("area", "區域圖"),
        ("pie", "圓餅圖"),
        ("doughnut", "環圈圖"),
        ("scatter", "散佈圖"),
        ("combined", "組合圖"),
        ("number", "數字"),
    ),
    kinds=(
        ("heading", "標題"),
        ("paragraph", "段落"),
        ("list", "清單項目"),
        ("table", "表格"),
        ("quote", "引用"),
        ("code", "程式碼"),
        ("figure", "圖片"),
        ("note", "註釋"),
        ("box", "方塊"),
        ("math", "公式"),
    ),
)

_EN = Furniture(
    contents="Contents",
    author="Author",
    date="Date",
    keywords="Keywords",
    abstract="Abstract",
    page_of="Page {page} of {pages}",
    continued=" (continued, {part}/{parts})",
    table="Table {number}",
    figure="Figure {number}",
    section="Section {number}",
    list_of_tables="Tables and figures",
    pictures="Pictures",
    notes="Notes",
    sources="Sources",
    full_text="Full text",
    closing="End",
    opening="Introduction",
    sheet="Sheet",
    title="Title",
    number="Number",
    rows="Rows",
    total="Total",
    column="Column {number}",
    unit=" ({unit})",
    content="Content",
    kind="Kind",
    excerpt="First {shown} of {total} rows; the whole table is in the workbook, sheet “{name}”",
    image_missing="[Picture: {alt}]",
    colon=": ",
    formula_sub="sub",
    formula_power="to the power",
    formula_over="over",
    formula_root="root of",
    chart=ChartWords(
        comma=", ",
        titled="{kind} “{title}”: {names} by {x}, {count} items from {first} to {last}. ",
        untitled="{kind}: {names} by {x}, {count} items from {first} to {last}. ",
        rises="{name} rises overall, from {first} at the start to {last} at the end",
        falls="{name} falls overall, from {first} at the start to {last} at the end",
        level="{name} is {first} both at the start and at the end",
        highest=", with its highest value, {value}, at {category}",
        lowest=", with its lowest value, {value}, at {category}",
        ends=", which are its extremes",
        parts="the largest part of {name} is {high} ({most}), the smallest is {low} ({least})",
        single="{name} is {value} at {category}",
        stop=". ",
        data="All data are in {table}.",
    ),
    chart_kinds=(
        ("column", "Column chart"),
        ("stacked", "Stacked column chart"),
        ("bar", "Bar chart"),
        ("stacked-bar", "Stacked bar chart"),
        ("line", "Line chart"),
        ("area", "Area chart"),
        ("pie", "Pie chart"),
        ("doughnut", "Doughnut chart"),
        ("scatter", "Scatter chart"),
        ("combined", "Combined chart"),
        ("number", "Number"),
    ),
    kinds=(
        ("heading", "Heading"),
        ("paragraph", "Paragraph"),
        ("list", "List item"),
        ("table", "Table"),
        ("quote", "Quote"),
        ("code", "Code"),
        ("figure", "Picture"),
        ("note", "Note"),
        ("box", "Box"),
        ("math", "Formula"),
    ),
)

_JA = Furniture(
    contents="目次",
    author="著者",
    date="日付",
    keywords="キーワード",
    abstract="要旨",
    page_of="{page} / {pages} ページ",
    continued="（続き {part}/{parts}）",
    table="表 {number}",
    figure="図 {number}",
    section="第 {number} 節",
    list_of_tables="図表一覧",
    pictures="図版",
    notes="注",
    sources="出典",
    full_text="全文",
    closing="以上",
    opening="はじめに",
    sheet="シート",
    title="見出し",
    number="番号",
    rows="行数",
    total="合計",
    column="列 {number}",
    unit="（{unit}）",
    content="内容",
    kind="種類",
    excerpt="全 {total} 行のうち先頭 {shown} 行。全体はワークブックの「{name}」",
    image_missing="［図：{alt}］",
    colon="：",
    formula_sub="下付き",
    formula_power="上付き",
    formula_over="割る",
    formula_root="ルート",
    chart=ChartWords(
        comma="、",
        titled="{kind}「{title}」。{x}ごとの{names}を示し、{first}から{last}までの{count}項目。",
        untitled="{kind}。{x}ごとの{names}を示し、{first}から{last}までの{count}項目。",
        rises="{name}は全体として増加し、始めの{first}から終わりの{last}になる",
        falls="{name}は全体として減少し、始めの{first}から終わりの{last}になる",
        level="{name}は始めと終わりが同じ{first}である",
        highest="。最大値は{category}の{value}",
        lowest="。最小値は{category}の{value}",
        ends="。最大値と最小値は両端にある",
        parts="{name}のうち最大は{high}の{most}、最小は{low}の{least}",
        single="{name}は{category}で{value}",
        stop="。",
        data="すべてのデータは{table}にある。",
    ),
    chart_kinds=(
        ("column", "縦棒グラフ"),
        ("stacked", "積み上げ縦棒グラフ"),
        ("bar", "横棒グラフ"),
        ("stacked-bar", "積み上げ横棒グラフ"),
        ("line", "折れ線グラフ"),
        ("area", "面グラフ"),
        ("pie", "円グラフ"),
        ("doughnut", "ドーナツグラフ"),
        ("scatter", "散布図"),
        ("combined", "複合グラフ"),
        ("number", "数値"),
    ),
    kinds=(
        ("heading", "見出し"),
        ("paragraph", "段落"),
        ("list", "項目"),
        ("table", "表"),
        ("quote", "引用"),
        ("code", "コード"),
        ("figure", "図"),
        ("note", "注"),
        ("box", "囲み"),
        ("math", "数式"),
    ),
)

_KO = Furniture(
    contents="목차",
    author="작성자",
    date="날짜",
    keywords="핵심어",
    abstract="요약",
    page_of="{page} / {pages} 쪽",
    continued=" (계속 {part}/{parts})",
    table="표 {number}",
    figure="그림 {number}",
    section="{number}절",
    list_of_tables="표와 그림",
    pictures="그림",
    notes="주석",
    sources="출처",
    full_text="전문",
    closing="끝",
    opening="서론",
    sheet="시트",
    title="제목",
    number="번호",
    rows="행 수",
    total="합계",
    column="열 {number}",
    unit=" ({unit})",
    content="내용",
    kind="종류",
    excerpt="전체 {total}행 중 처음 {shown}행. 전체 표는 통합 문서의 “{name}” 시트",
    image_missing="[그림: {alt}]",
    colon=": ",
    formula_sub="아래첨자",
    formula_power="위첨자",
    formula_over="나누기",
    formula_root="루트",
    chart=ChartWords(
        comma=", ",
        titled="{kind} “{title}”. {x}에 따른 {names}, {first}부터 {last}까지 {count}개 항목. ",
        untitled="{kind}. {x}에 따른 {names}, {first}부터 {last}까지 {count}개 항목. ",
        rises="{name}: 전체적으로 증가하여 처음 {first}에서 마지막 {last}에 이름",
        falls="{name}: 전체적으로 감소하여 처음 {first}에서 마지막 {last}에 이름",
        level="{name}: 처음과 마지막이 {first}(으)로 같음",
        highest=". 최댓값은 {category}의 {value}",
        lowest=". 최솟값은 {category}의 {value}",
        ends=". 최댓값과 최솟값은 양 끝에 있음",
        parts="{name}에서 가장 큰 부분은 {high}의 {most}, 가장 작은 부분은 {low}의 {least}",
        single="{name}: {category}에서 {value}",
        stop=". ",
        data="모든 데이터는 {table}에 있음.",
    ),
    chart_kinds=(
        ("column", "세로 막대형 차트"),
        ("stacked", "누적 세로 막대형 차트"),
        ("bar", "가로 막대형 차트"),
        ("stacked-bar", "누적 가로 막대형 차트"),
        ("line", "꺾은선형 차트"),
        ("area", "영역형 차트"),
        ("pie", "원형 차트"),
        ("doughnut", "도넛형 차트"),
        ("scatter", "분산형 차트"),
        ("combined", "혼합 차트"),
        ("number", "숫자"),
    ),
    kinds=(
        ("heading", "제목"),
        ("paragraph", "단락"),
        ("list", "항목"),
        ("table", "표"),
        ("quote", "인용"),
        ("code", "코드"),
        ("figure", "그림"),
        ("note", "주석"),
        ("box", "상자"),
        ("math", "수식"),
    ),
)

_BY_LANGUAGE: dict[str, Furniture] = {
    "zh-Hans": _ZH_HANS,
    "zh-Hant": _ZH_HANT,
    "en": _EN,
    "ja": _JA,
    "ko": _KO,
}


def furniture_for(language: Language) -> Furniture:
    """Return the tool's own words in a language."""
    return _BY_LANGUAGE[language]
