"""What advertising returns: social beside other media, platforms' reports, elasticities, carry-over, prices."""

from __future__ import annotations

from model.evidence.advertising import ALL_MEDIA, FADED, FADED_AFTER, PAID_SOCIAL, RELATIVE_RETURNS, half_life
from model.evidence.sources.source import UNKNOWN, Source

_EARLY, _FULL, _TELEVISION = (f"{one.ratio:.2g}" for one in RELATIVE_RETURNS)
_HALF_LIVES = "–".join(f"{half_life(months):.1f}" for months in FADED_AFTER)

ADVERTISING = (
    Source(
        "profit-ability-2",
        "Profit Ability 2: profit by medium",
        f"Profit per pound within 13 weeks and in full: all media {ALL_MEDIA.early:.2f} and {ALL_MEDIA.full:.2f}, "
        f"paid social {PAID_SOCIAL.early:.2f} and {PAID_SOCIAL.full:.2f}. Social beside all media is {_EARLY} and "
        f"{_FULL}, and brings {PAID_SOCIAL.long_run:.1f} times in full what is seen within weeks.",
        "141 UK brands", "2021–2023", "C",
        "Paid for by commercial television. Of paid social only: people and content are not in it.",
        "abc.org.uk/news/abc-data/print-beats-other-media-channels-to-deliver-largest-roi",
    ),
    Source(
        "nielsen-2022",
        "Nielsen: return of social against television",
        f"Social returned {_TELEVISION} times what television did.",
        "Of whom is not stated", "2022", "C",
        "Against television alone. It contradicts Profit Ability 2, and what to take between the two is judgement.",
        "marketingdive.com/news/marketers-media-underinvest-roi-nielsen/626615",
    ),
    Source(
        "varos-2025",
        "Varos: return on ad spend that Facebook reports",
        "A median of 2.24.",
        "Advertisers on Facebook", "early 2025", "C",
        "What the platform claims, as a third party retells it; not what would not have been sold anyway.",
        "stackmatix.com/blog/facebook-ads-roi",
    ),
    Source(
        "facebook-rcts",
        "Gordon, Moakler and Zettelmeyer: estimates against randomised trials on Facebook",
        "Observational estimates of the lift missed the measured one by a median of 115, 107 and 62 percentage "
        "points for upper, mid and lower funnel, where the true lifts were 28, 19 and 6 %.",
        "663 randomised campaigns", "preprint of 2022", "A",
        "Points of lift, not a relative error; and about statistical estimators, not about what the platforms "
        "report. The size for another company is judgement.",
        "arxiv.org/abs/2201.07055",
    ),
    Source(
        "meta-2025",
        "Meta: its own trials beside rule-based attribution",
        "Attribution by rules undervalued the campaigns by 31 % at the median.",
        "307 studies of 54 advertisers", "2025", "C",
        "A vendor's figure on its own product; it points the other way from those who find overstatement.",
        "ppc.land/metas-suite-of-truth-framework-rewrites-how-advertisers-measure-ad-impact",
    ),
    Source(
        "meta-prices",
        "Meta: average price of an advertisement",
        "10 % up on the year before.",
        "All of Meta's advertisers", "second quarter of 2024", "C",
        "One quarter; the price fell in the years before. A price is not a return.",
        "jonloomer.com/qvt/meta-ad-costs-were-up",
    ),
    Source(
        "meta-thousand-prices",
        "Cost per thousand impressions on Facebook",
        "3 to 22 % up, by quarter.",
        "Advertisers on one platform", "2024", "C",
        "Secondary reporting; the figures differ much by quarter.",
        "rightsideup.com/growth-marketing-blog/facebook-cpm-trends",
        part_of="meta-prices",
    ),
    Source(
        "leone-1995",
        "Leone: duration of advertising effects",
        f"Effects fade in six to nine months; read as the {100 * FADED:.0f} % duration, a half-life of "
        f"{_HALF_LIVES} months.",
        "Published estimates for consumer brands", "1995", "C",
        "Measured before social media; the conversion to a half-life is ours.",
    ),
    Source(
        "robyn-decay",
        "Rule of thumb of a leading open marketing-mix library",
        "A week keeps 0.3 to 0.8 of television's effect, 0 to 0.3 of digital advertising's.",
        "Nobody: advice to those who set up a model", UNKNOWN, "D",
        "A rule of thumb, not a finding.",
        "rdrr.io/cran/Robyn/man/adstocks.html",
        part_of="leone-1995",
    ),
    Source(
        "ad-elasticity",
        "Elasticities of advertising, read together",
        "1 % more advertising goes with 0.09 to 0.24 % more sales; on television far less.",
        "Published estimates and 288 brands", "published 2011–2021", "B",
        "Of all sales, not of the revenue that advertising brings: not the model's exponent of returns. A return "
        "per unit follows only with the budget's share of revenue and that exponent.",
    ),
    Source(
        "elasticity-2011",
        "Sethuraman, Tellis and Briesch: advertising elasticity",
        "1 % more advertising goes with 0.12 % more sales in the short run and 0.24 % in the long run.",
        "Published estimates", "published 2011", "B",
        "A mean of many estimates, all made before 2011.",
        "imresearchcenter.com/docs/how-well-does-advertising-work-generalizations-meta-analysis-brand-advertising-"
        "elasticities",
        part_of="ad-elasticity",
    ),
    Source(
        "elasticity-henningsen",
        "Henningsen, Heuke and Clement: advertising elasticity (Business Research 4(2), 193–239)",
        "1 % more advertising goes with 0.09 % more sales of the same period.",
        "Published estimates", "published 2011", "B",
        "Of the current period: what comes later is not in it.",
        part_of="ad-elasticity",
    ),
    Source(
        "elasticity-tv",
        "Shapiro, Hitsch and Tuchman: television advertising",
        "1 % more advertising goes with a mean of 0.023 % more sales, a median of 0.014 %, in the long run too.",
        "288 brands on television", "published 2021", "A",
        "Television, not social media; far below what earlier estimates gave.",
        part_of="ad-elasticity",
    ),
    Source(
        "incremental-roi-prior",
        "Incremental return assumed by a leading marketing-mix library",
        "A lognormal prior (0.2; 0.9): a median of 1.22 of gross revenue per unit of spend.",
        "Nobody: a starting value for estimates", UNKNOWN, "D",
        "A prior, not a finding.",
    ),
    Source(
        "marginal-roi-prior",
        "Marginal return assumed by another marketing-mix library",
        "A lognormal prior (0; 0.5): a median of 1.0 for the last unit of spend.",
        "Nobody: a starting value for estimates", UNKNOWN, "D",
        "A prior, not a finding.",
    ),
    Source(
        "lewis-rao",
        "Lewis and Rao: the unfavorable economics of measuring the returns to advertising",
        "What customers buy varies between them by commonly ten times its mean, so that even large experiments "
        "leave the return within an interval that is more than 100 % wide at the median.",
        "25 randomised experiments of US retailers and brokerages", "published 2015", "B",
        "Large retailers and brokers; who sells something else may see less variation, or more.",
        "johndawes.info/2018/10/02/the-near-impossibility-of-measuring-advertising-roi",
    ),
)  # fmt: skip
