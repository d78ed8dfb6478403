"""Chinese text -> where its words begin and end, as far as titles of reports have them.

No dictionary is complete, and a large one costs more than a title is worth: these are words
that such titles are made of. What is not among them is left to the rules of line breaking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = """
中国 美国 欧洲 欧盟 日本 韩国 德国 英国 法国 印度 越南 泰国 俄罗斯 新加坡 东南亚 亚太 中东 非洲
拉美 亚洲 全球 国际 国内 海外 出海 中美 两岸 香港 台湾 北京 上海 广东 深圳 浙江 江苏 大湾区
长三角 京津冀 一带一路 人工智能 大模型 机器人 人形机器人 半导体 集成电路 芯片 光模块 光芯片 光电
光通信 光纤 激光 激光器 共封装 封装 晶圆 存储 算力 数据中心 云计算 大数据 物联网 互联网 区块链
元宇宙 自动驾驶 智能驾驶 智能网联 网络 信息 安全 软件 硬件 系统 平台 架构 应用 技术 科技 数字化
数字 智能 智慧 自动化 数据 模型 算法 通信 卫星 航天 航空 新能源汽车 新能源 汽车 电动车 动力电池
电池 储能 光伏 风电 氢能 核电 电力 电网 能源站 能源 石油 天然气 煤炭 碳中和 碳达峰 双碳 绿色
低碳 环保 环境 气候 可持续 材料 新材料 化工 钢铁 有色 金属 稀土 锂电 机械 装备 制造 制造业
先进制造 工业 农业 食品 饮料 医药 医疗 医疗器械 生物 生物医药 健康 养老 教育 消费 零售 电商
电子商务 跨境电商 直播 餐饮 旅游 酒店 文化 传媒 游戏 体育 房地产 地产 建筑 基建 城市 农村
乡村振兴 交通 物流 航运 港口 铁路 低空 银行 保险 证券 基金 信托 金融 资本 资产 债券 股票
上市公司 公司 企业 集团 民营 国有 中小企业 供应商 客户 用户 产业链 供应链 价值链 产业 行业 市场
领域 生态 赛道 格局 竞争 竞争力 对标 比较 对比 分析 研究 调研 调查 评估 评价 评审 审计 测算 预测
展望 趋势 前景 机会 机遇 挑战 风险 防控 管理 治理 合规 监管 政策 法规 标准 战略 策略 规划 计划
方案 路线图 路径 建议 对策 措施 实施 落地 推进 建设 发展 转型 升级 创新 改革 优化 提升 增长 突破
布局 进展 报告 白皮书 蓝皮书 简报 周报 月报 季报 年报 总结 综述 纪要 摘要 说明 说明书 指南 手册
教程 案例 实践 经验 专题 项目 工程 设计 开发 测试 验收 运营 运维 维护 服务 产品 品牌 营销 销售
渠道 采购 生产 库存 质量 成本 价格 收入 利润 财务 预算 投资 融资 并购 估值 税务 人力资源 人才
组织 绩效 薪酬 培训 年度 季度 月度 半年度 阶段 第一 第二 关键 核心 主要 重点 综合 总体 整体 深度
现状 问题 原因 影响 因素 关系 机制 体系 模式 能力 水平 需求 供给 规模 结构 情况 工作 业务 经济
社会 世界 国家 政府 地方 区域 商业 贸易 进出口 出口 进口 关税 反垄断 知识产权 光学 共封装光学
智能合约
"""
_WORDS = frozenset(_TEXT.split())
_LONGEST = max(map(len, _WORDS))

_NOT_FIRST = frozenset("的之与和及或等年月日号期版")
"""What goes on with what stands before it: no line of a title begins so."""


def edges(text: str) -> Iterator[int]:
    """Yield the places at which a known word begins or ends and a line may begin."""
    place, after_word = 0, False
    while place < len(text):
        word = next(
            (n for n in range(_LONGEST, 1, -1) if text[place : place + n] in _WORDS),
            0,
        )
        if place and (word or after_word) and text[place] not in _NOT_FIRST:
            yield place
        place += word or 1
        after_word = bool(word)
