"""Words of the fourteen policy frames, chosen by hand from the codebook's definitions (Boydstun et al. 2014).

They carry what a frame means into stories that the learnt part has never seen; what they are worth stands in
``policy_frames.md``.
"""

from __future__ import annotations

_LISTS = {
    "economic": """
        afford affordable bank bankers banking bankrupt bankruptcy banks billion budget budgets business
        businesses companies company consumers corporate corporation cost costly costs currency debt deficit
        dollars economic economical economics economist economy employment expensive exports finance finances
        financial funds growth imports income industry inflation invest investment investor investors jobs loan
        loans market markets paid pay payment price prices profit profits purchase recession revenue salary
        spending stock stocks tariff tariffs tax taxation taxes taxpayer taxpayers trade trillion unemployment
        wage wages""",
    "capacity_and_resources": """
        aid assistance backlog beds bottleneck capacity cope coping deploy deployed distribute distributed doses
        emergency equipment experts inadequate infrastructure insufficient lacking logistical logistics manpower
        overcrowded overcrowding overstretched overwhelmed personnel preparation prepared preparedness preparing
        readiness reserves resource resources scarce scarcity shortage shortages staff staffing stockpile
        stockpiles strained supplied suppliers supplies supply teams unable understaffed volunteers""",
    "morality": """
        abortion bible bishop bishops cardinal catholic christ christian christians church conscience disgrace
        disgraceful duty ethical ethics evil faith god holy honor hypocrisy hypocrite immoral integrity jesus
        lie lies lying moral morality obligation pope pray prayer priest priests religion religious sacred shame
        shameful sin sinful sins soul unethical virtue virtues wicked wrong""",
    "fairness_and_equality": """
        antisemitism bias biased bigot bigotry black censor censorship discriminate discriminated discrimination
        discriminatory diversity double equal equality equally fair fairness gay gender hate hatred inequality
        injustice intolerance islamophobia islamophobic marginalized minorities minority oppressed oppression
        oppressive persecuted persecution prejudice privilege privileged race racial racism racist rights sexism
        sexist silenced standard standards stereotype tolerance transgender unequal unfair unfairly unjust white
        women""",
    "legality_and_constitutionality": """
        allegations amendment amendments appeal appeals attorney attorneys canon constitution constitutional
        court courts evidence freedom freedoms hearing illegal illegally indictment judge judges judicial
        judiciary jurisdiction jury justice law lawful laws lawsuit lawsuits lawyer lawyers legal legally
        legislation liberties liberty litigation prosecutor prosecutors rights ruled ruling statute subpoena sue
        sued suing supreme testimony trial unconstitutional unlawful verdict warrant""",
    "policy_prescription_and_evaluation": """
        approach ban bans bill effective effectiveness enforce enforcement guidelines implement implementation
        implemented ineffective initiative legislation legislative mandate measures plan plans policies policy
        policymakers program programs proposal proposals propose proposed recommend recommendation
        recommendations reform reforms regulate regulation regulations repeal restriction restrictions rule
        rules solution solutions strategy""",
    "crime_and_punishment": """
        abuse abused arrest arrested arrests assault assaulted charged charges convicted conviction crime crimes
        criminal criminals detective fbi fraud guilty gunman investigation investigators jail kill killed killer
        murder murdered murderer penalty police prison prosecute prosecuted prosecution punish punished
        punishment rape raped robbery sentence sentenced sentencing shooter shooting shot suspect suspects theft
        victim victims violence violent""",
    "security_and_defense": """
        agency airstrike airstrikes armed army attack attacked attackers attacks bomb bombing bombs border
        borders combat defence defense drone drones extremism extremist extremists forces gun guns homeland
        insurgents intelligence invasion jihad jihadist militant militants military missile missiles navy
        nuclear radicalized security soldiers spies spy surveillance terror terrorism terrorist terrorists
        threat threats troops war warfare wars weapon weapons""",
    "health_and_safety": """
        cancer contagious death deaths died disease diseases doctor doctors drug drugs ebola epidemic health
        healthcare hospital hospitals illness infected infection infections measles medical medicine mental
        nurses outbreak pandemic patient patients plague pneumonic poison poisoned quarantine safe safety sick
        suicide symptoms toxic treatment unsafe vaccination vaccine vaccines virus""",
    "quality_of_life": """
        afraid child children comfort communities community daily everyday families family father fear grief
        happiness happy homeless homelessness homes inhabitants life lifestyle livelihood lives living
        loneliness misery mother neighborhood neighbors neighbours ordinary pain parents poor poverty residents
        school schools suffer suffered suffering survivors trauma traumatized wealth welfare wellbeing""",
    "cultural_identity": """
        actor actress ancestors anthem artist artists assimilate assimilation burial celebrities celebrity
        civilization cultural culture cultures custom customs ethnic ethnicity festival film flag folklore
        funeral heritage historical history hollywood identity immigrants integration islam islamic jewish
        language languages monument movie multicultural multiculturalism music muslim muslims nationalism
        nationalist native norms patriotic patriotism ritual rituals statue tradition traditional traditions
        tribal tribe values western""",
    "public_opinion": """
        approval attitudes backlash believe boycott criticism crowd crowds demonstration demonstrations
        demonstrators hashtag majority march marches mood opinion opinions outcry outrage outraged percent
        petition petitions poll polling polls pollster popular popularity protest protesters protesting protests
        public publicly rallies rally respondents sentiment supporters survey surveyed surveys unpopular uproar
        viral""",
    "political": """
        administration campaign campaigns candidate candidates clinton coalition congress congressman
        conservative conservatives democrat democratic democrats election elections gop governor house
        impeachment left liberal liberals lobby lobbying mayor obama parliament parties partisan party political
        politician politicians politics president presidential republican republicans right senate senator
        senators trump vote voter votes voting white""",
    "external_regulation_and_reputation": """
        agreement agreements alliance allies ally ambassador border china chinese countries diplomacy diplomat
        diplomatic diplomats embassy europe european foreign germany global international iran iranian israel
        israeli korea minister nations nato negotiations overseas relations reputation russia russian sanctions
        summit syria syrian treaties treaty united world""",
}

POLICY_WORDS = {frame: frozenset(words.split()) for frame, words in _LISTS.items()}
"""The words of each policy frame, in every form that counts; a word may speak for several frames."""
