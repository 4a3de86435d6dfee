/** What each organisation's site saw every day, by source: visits that lead, more or less often, to a purchase. */
import { integerColumn, dateColumn, numberColumn, textColumn } from '../../tables/column-of.ts';
import { MS_PER_DAY, type Column } from '../../tables/column.ts';
import { DAYS, DEMAND, FIRST_DAY } from './performances.ts';
import type { Chance } from './random.ts';
import { VENUES } from './venues.ts';

/** Source, visits a day for a hall of 1 000 seats, share of visits that see a show's page, that buy; $ a visit. */
const SOURCES = [
	['google / organic', 260, 0.62, 0.021, 0],
	['(direct) / (none)', 150, 0.58, 0.028, 0],
	['infolettre / email', 70, 0.81, 0.052, 0],
	['facebook / social', 120, 0.44, 0.009, 0.22],
	['instagram / social', 90, 0.4, 0.006, 0.18],
	['google / cpc', 60, 0.67, 0.024, 0.85]
] as const;

interface Day {
	readonly day: number;
	readonly organisation: string;
	readonly source: string;
	readonly visits: number;
	readonly visitors: number;
	readonly pages: number;
	readonly clicks: number;
	readonly purchases: number;
	/** $ */
	readonly spent: number;
	readonly impressions: number;
	readonly interactions: number;
	/** %; newsletters only. */
	readonly opened: number | null;
}

/** The columns of `audience_web`. */
export function webAudienceColumns(chance: Chance): Column[] {
	const days: Day[] = [];
	for (let i = 0; i < DAYS; i++) {
		const day = FIRST_DAY + i * MS_PER_DAY;
		const month = new Date(day).getUTCMonth();
		for (const venue of VENUES)
			for (const [source, perDay, seen, bought, cost] of SOURCES) {
				// A newsletter goes out once a week, on Thursdays; its echo lasts two days.
				const weekday = new Date(day).getUTCDay();
				const mailed = weekday === 4 ? 4 : weekday === 5 ? 1.8 : 0.25;
				const rhythm = source.endsWith('email')
					? mailed
					: weekday === 0 || weekday === 6
						? 1.1
						: 0.96;
				const demand = (DEMAND[month] ?? 1) ** 2;
				const expected = (venue.seats / 1000) * perDay * demand * rhythm * venue.draw;
				const visits = Math.min(6000, Math.max(0, Math.round(expected * chance.normal(1, 0.18))));
				const part = (share: number) =>
					Math.min(visits, Math.max(0, Math.round(visits * share * chance.normal(1, 0.12))));
				const pages = part(seen);
				const clicks = Math.min(pages, part(seen * 0.21));
				const purchases = Math.min(clicks, Math.floor(visits * bought + chance.next()));
				const impressions = source.endsWith('social') ? visits * chance.whole(18, 34) : 0;
				days.push({
					day,
					organisation: venue.id,
					source,
					visits,
					visitors: part(0.86),
					pages,
					clicks,
					purchases,
					spent: Math.min(800, Math.round(visits * cost * 100) / 100),
					impressions,
					interactions: Math.round(impressions * 0.021),
					opened: source.endsWith('email')
						? Math.round(Math.min(62, Math.max(18, chance.normal(38, 6))) * 10) / 10
						: null
				});
			}
	}
	const whole = (name: string, of: (day: Day) => number) => integerColumn(name, days.map(of));
	return [
		dateColumn(
			'date',
			days.map((d) => d.day)
		),
		textColumn(
			'id_organisme',
			days.map((d) => d.organisation)
		),
		textColumn(
			'source_support',
			days.map((d) => d.source)
		),
		whole('sessions', (d) => d.visits),
		whole('utilisateurs', (d) => d.visitors),
		whole('vues_fiche_spectacle', (d) => d.pages),
		whole('clics_billetterie', (d) => d.clicks),
		whole('achats', (d) => d.purchases),
		numberColumn(
			'depense_pub',
			days.map((d) => d.spent)
		),
		whole('impressions_sociales', (d) => d.impressions),
		whole('interactions', (d) => d.interactions),
		numberColumn(
			'taux_ouverture_infolettre',
			days.map((d) => d.opened)
		)
	];
}
