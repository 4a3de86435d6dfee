/** The demo's three datasets: what they say of themselves, and under what terms. Always said to be synthetic. */
import type { Licence, PublicationTerms } from '../../core/governance/terms.ts';
import { encodeTable } from '../../tables/arrow.ts';
import type { Column } from '../../tables/column.ts';
import { makeDemoTables } from './box-office.ts';

export interface DemoDataset {
	readonly slug: string;
	readonly title: string;
	readonly description: string;
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly columns: readonly Column[];
	/** Arrow IPC. */
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface DemoDatasets {
	readonly tickets: DemoDataset;
	readonly performances: DemoDataset;
	readonly web: DemoDataset;
}

const SYNTHETIC = {
	fr: 'Données synthétiques, produites par un générateur : aucun organisme, aucun spectacle et aucune personne n’est réel. Les ordres de grandeur imitent ceux du secteur.'.replace(
		' :',
		'\u00a0:'
	),
	en: 'Synthetic data, made by a generator: no organisation, no show and no person is real. Orders of magnitude follow those of the sector.'
};

export function makeDemoDatasets(): DemoDatasets {
	const { tickets, performances, webAudience } = makeDemoTables();
	const dataset = (
		slug: string,
		publication: PublicationTerms,
		columns: readonly Column[],
		fr: readonly [title: string, text: string],
		en: readonly [title: string, text: string]
	): DemoDataset => ({
		slug,
		title: `${fr[0]} (données synthétiques) · ${en[0]} (synthetic data)`,
		description: `${fr[1]} ${SYNTHETIC.fr}\n\n${en[1]} ${SYNTHETIC.en}`,
		licence: 'CC-BY-4.0',
		publication,
		columns,
		bytes: encodeTable(columns)
	});
	return {
		tickets: dataset(
			'billetterie-demo',
			'aggregates',
			tickets,
			['Billetterie', 'Une ligne par billet, cinq salles de cinq régions, 2024 et 2025.'],
			['Ticket sales', 'One line per ticket, five halls in five regions, 2024 and 2025.']
		),
		performances: dataset(
			'representations-demo',
			'rows',
			performances,
			[
				'Représentations',
				'Une ligne par représentation : jauge, entrées, revenus, cachet.'.replace(' :', '\u00a0:')
			],
			['Performances', 'One line per performance: seats, admissions, revenue, fee.']
		),
		web: dataset(
			'audience-web-demo',
			'aggregates',
			webAudience,
			['Audience des sites', 'Une ligne par jour, par organisme et par source de visites.'],
			['Website audience', 'One line per day, organisation and source of visits.']
		)
	};
}
