"""What training does: differences between groups of firms, causal studies, and how skills fade."""

from __future__ import annotations

from model.evidence.sources.source import UNKNOWN, Source, dollars, percent
from model.evidence.studies import CAUSAL_STUDIES, GROUP_DIFFERENCES, HEADLINE_UPLIFT, READING

_DIFFERENCE = {group.measure: percent(group.difference) for group in GROUP_DIFFERENCES}
_EFFECT = {study.source: study.published for study in CAUSAL_STUDIES}

TRAINING = (
    Source(
        "astd-2000",
        "ASTD study of training spending and company results",
        f"The top quarter of training spenders ({dollars(1595)} a head) had {percent(HEADLINE_UPLIFT)} higher "
        f"income per employee and a {_DIFFERENCE['Profit margin']} higher margin than the bottom quarter "
        f"({dollars(128)} a head).",
        "575 US public firms", "1996–1998", "C",
        f"A difference between groups, not an effect of training; {percent(HEADLINE_UPLIFT)} more is "
        f"{1 + HEADLINE_UPLIFT:.2f} times. Of income, where the model multiplies revenue. A co-author wrote later "
        "that training may be a proxy for long-term management.",
        "bizjournals.com/albany/stories/2002/02/25/focus7.html",
    ),
    Source(
        "astd-sister",
        "Sister study to the ASTD study",
        f"{_DIFFERENCE['Sales per employee']} higher sales and {_DIFFERENCE['Gross profit per employee']} higher "
        "gross profit per employee.",
        "540 firms", UNKNOWN, "C",
        "A difference between groups as well; far below that of the other study.",
        part_of="astd-2000",
    ),
    Source(
        "training-causal",
        "Causal studies of training and productivity, read together",
        "Training raises productivity. For about 40 hours we read them (grade D) as "
        f"{percent(READING.low)} to {percent(READING.high)} more, {percent(READING.likely)} most likely.",
        "Industries and firms in several countries, one call centre among them", "data from 1983 on", "A",
        "None of them is about social-media teams, and the range is our reading of them. In the model 40 hours a "
        "year close 27.6 % of the gap in twelve months: 5 % of the claim is then 3.0 % more, and 5.2 % after five "
        "years.",
    ),
    Source(
        "dearden-2006",
        "Dearden, Reed and Van Reenen: training and productivity",
        f"{_EFFECT['dearden-2006']}, and +0.3 % wages.",
        "UK industries", "1983–1996", "A",
        "A panel of industries, not an experiment: the lower end of grade A. The hours behind a point of workers "
        "are not given.",
        part_of="training-causal",
    ),
    Source(
        "almeida-2009",
        "Almeida and Carneiro: the return to training",
        f"{_EFFECT['almeida-2009']}; a return of 8.6 % in firms that train.",
        "Portuguese firms", "published 2009", "C",
        "A review by the US labour department rates it as low causal evidence.",
        part_of="training-causal",
    ),
    Source(
        "lopes-teixeira",
        "Lopes and Teixeira: who gains from training",
        f"{_EFFECT['lopes-teixeira']}; the firm keeps two thirds of the gain, an internal rate of return of 11 %.",
        "Portuguese firms", UNKNOWN, "A",
        "One country; the range around two thirds is judgement.",
        part_of="training-causal",
    ),
    Source(
        "call-centre-trial",
        "De Grip and Sauermann: randomised trial of training",
        f"{_EFFECT['call-centre-trial']}, decreasing after the first weeks.",
        "Agents of one call centre", "published 2012", "A",
        "An experiment, but in one firm, and the gain fades.",
        part_of="training-causal",
    ),
    Source(
        "trained-peers",
        "De Grip and Sauermann: the gain of working beside trained colleagues",
        f"{_EFFECT['trained-peers']}.",
        "Agents of one call centre", "published 2012", "A",
        "What colleagues gain, not the trained themselves; the model leaves it out.",
        part_of="training-causal",
    ),
    Source(
        "wage-meta-analysis",
        "Haelermans and Borghans: meta-analysis of training and wages",
        f"{_EFFECT['wage-meta-analysis']}, after correction for publication bias.",
        "Employees in many studies", "published 2012", "A",
        "What the trained earn, not what the firm gains; the hours of a course are not given.",
        part_of="training-causal",
    ),
    Source(
        "konings-2009",
        "Konings and Vanormelingen: productivity and pay of the trained",
        f"{_EFFECT['konings-2009']}, and 12 % more pay.",
        "Belgian firms", "published 2009", "C",
        "A comparison of firms, not an experiment, and above what the trials found; the hours of a trained "
        "worker are not given.",
        "ideas.repec.org/p/lic/licosd/24409.html",
        part_of="training-causal",
    ),
    Source(
        "martins-2021",
        "Martins: firms that won a training grant against firms that did not",
        f"{_EFFECT['martins-2021']}.",
        "Portuguese firms that applied", "published 2021", "A",
        "Winners and losers, not drawn by lot; the hours behind a grant are not given.",
        part_of="training-causal",
    ),
    Source(
        "adhvaryu-trial",
        "Adhvaryu and others: randomised trial of training",
        f"{_EFFECT['adhvaryu-trial']}; no effect on pay or on who stays.",
        "Workers in India", UNKNOWN, "A",
        "An experiment, far from a marketing team; the hours of the programme are not given.",
        part_of="training-causal",
    ),
    Source(
        "garavan-2021",
        "Garavan and others: meta-analysis of training and company results",
        "Training and results go together across studies; how strongly was not seen.",
        "119 studies", "2021", "C",
        "A direction without a size; the studies taken in are of every kind.",
        part_of="training-causal",
    ),
    Source(
        "skill-half-life",
        "Half-life of a skill, 2.5 to 5 years",
        "Repeated in many places.",
        "No primary study found", UNKNOWN, "C",
        "A popular figure without a source that could be traced.",
    ),
    Source(
        "skill-decay",
        "Tatel and Ackerman: decay of unused skills",
        "Half of the gain was lost after 6.5 to 13 months of non-use.",
        "People who stopped using a skill", UNKNOWN, "B",
        "About skills that are not used at all, unlike those of a working team.",
        part_of="skill-half-life",
    ),
    Source(
        "skill-decay-1998",
        "Arthur and others: decay of unused skills",
        "After more than a year without use, performance lay 1.4 standard deviations lower.",
        "People who stopped using a skill", "published 1998", "B",
        "About skills that are not used at all; not a half-life.",
        part_of="skill-half-life",
    ),
    Source(
        "schmidt-hunter",
        "Schmidt and Hunter: individual differences in productivity",
        "The standard deviation of people's output averages 20 % of its mean, 15 % where pay is by the piece.",
        "Published studies of output in the same job", "published 1983", "B",
        "Jobs whose output can be counted; it differs more in complex jobs.",
        "researchgate.net/publication/232567558_Individual_Differences_in_Productivity_An_Empirical_Test_of_"
        "Estimates_Derived_from_Studies_of_Selection_Procedure_Utility",
    ),
)  # fmt: skip
