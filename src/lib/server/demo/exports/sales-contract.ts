/** The contract of the demo's pool: ticket sales by performance, channel and tariff. */
import { readContract, type Contract } from '../../../core/pool/contract.ts';

const value = (name: string, ...synonyms: string[]) => ({ value: name, synonyms });
const column = (
	name: string,
	type: string,
	fr: readonly [label: string, description: string],
	en: readonly [label: string, description: string],
	more: Readonly<Record<string, unknown>> = {}
) => ({
	name,
	type,
	label: { fr: fr[0], en: en[0] },
	description: { fr: fr[1], en: en[1] },
	required: true,
	synonyms: [],
	...more
});

export const SALES_CONTRACT: Contract = readContract({
	title: {
		fr: 'Ventes par représentation',
		en: 'Sales by performance'
	},
	description: {
		fr: 'Une ligne par représentation, canal de vente et tarif. Données synthétiques, produites par un générateur.',
		en: 'One line per performance, sales channel and tariff. Synthetic data, made by a generator.'
	},
	columns: [
		column(
			'id_representation',
			'identifier',
			['Identifiant de la représentation', 'Le numéro que lui donne votre billetterie.'],
			['Performance identifier', 'The number that your box office gives it.'],
			{
				synonyms: [
					'No représentation',
					'Numéro de représentation',
					'Performance ID',
					'Référence',
					'Réf'
				]
			}
		),
		column(
			'date_representation',
			'date',
			['Date de représentation', 'Le jour où elle a lieu.'],
			['Performance date', 'The day on which it takes place.'],
			{ synonyms: ['Date', 'Jour', 'Event date', 'Show date'] }
		),
		column(
			'heure',
			'time',
			['Heure de la représentation', 'Quand elle commence, à l’heure du lieu.'],
			['Start time', 'When it begins, on the clock of the place.'],
			{ required: false, synonyms: ['Heure', 'Heure de début', 'Time', 'Curtain'] }
		),
		column(
			'titre',
			'text',
			['Titre du spectacle', 'Comme il est annoncé.'],
			['Show title', 'As it is announced.'],
			{ synonyms: ['Titre', 'Spectacle', 'Événement', 'Title', 'Show', 'Event'] }
		),
		column(
			'discipline',
			'category',
			['Discipline', 'De Scène Pro.'],
			['Discipline', 'Of Scène Pro.'],
			{
				synonyms: ['Genre', 'Genre artistique', 'Type de discipline', 'Art form'],
				allowed: [
					value('Cirque', 'Circus', 'CIR'),
					value('Musique', 'Music', 'Chanson', 'Concert'),
					value('Danse', 'Dance'),
					value('Théâtre', 'Theatre', 'Theater', 'THE'),
					value('Humour', 'Comedy'),
					value('Variété', 'Variétés', 'Variety'),
					value('Art de la parole', 'Conte', 'Spoken word')
				]
			}
		),
		column(
			'salle',
			'text',
			['Salle', 'Là où la représentation a lieu.'],
			['Venue', 'Where the performance takes place.'],
			{ required: false, synonyms: ['Lieu', 'Hall', 'Room'] }
		),
		column(
			'region',
			'region',
			['Région administrative', 'Parmi les 17 du Québec.'],
			['Administrative region', 'Among the 17 of Québec.'],
			{ synonyms: ['Région'] }
		),
		column(
			'canal_vente',
			'category',
			['Canal de vente', 'Par où le billet a été acheté.'],
			['Sales channel', 'How the ticket was bought.'],
			{
				synonyms: ['Mode de vente', 'Point de vente', 'Channel'],
				allowed: [
					value('Web', 'Internet', 'En ligne', 'Online', 'Site Web'),
					value('Mobile', 'Application mobile', 'Mobile app', 'Cellulaire'),
					value('Guichet', 'Box office', 'Billetterie', 'Comptoir'),
					value('Téléphone', 'Phone', 'Tél.'),
					value('Revendeur', 'Reseller', 'Tiers')
				]
			}
		),
		column(
			'type_tarif',
			'category',
			['Type de tarif', 'Le tarif payé.'],
			['Tariff', 'The tariff paid.'],
			{
				synonyms: ['Tarif', 'Catégorie de prix', 'Ticket type', 'Price category'],
				allowed: [
					value('Régulier', 'Regular', 'Plein tarif', 'Adulte'),
					value('Aîné', 'Senior', '65 ans et plus'),
					value('Abonnement', 'Subscription', 'Abonné'),
					value('Étudiant', 'Student', 'ETU'),
					value('Groupe', 'Group', 'GRP'),
					value('Scolaire', 'School'),
					value('Faveur', 'Complimentary', 'Invitation')
				]
			}
		),
		column(
			'billets',
			'integer',
			['Nombre de billets', 'Ceux qui donnent accès à la salle.'],
			['Tickets sold', 'Those that let someone in.'],
			{ unit: 'billets', min: 0, synonyms: ['Billets', 'Billets vendus', 'Quantité', 'Tickets'] }
		),
		column(
			'revenus',
			'money',
			['Revenus de billetterie', 'Avant taxes, sans frais de service.'],
			['Ticket revenue', 'Before taxes, without service fees.'],
			{
				unit: '$',
				min: 0,
				synonyms: [
					'Revenu',
					'Recettes',
					'Montant',
					'Montant total',
					'Montant des recettes',
					'Gross revenue'
				]
			}
		),
		column(
			'taux_occupation',
			'percent',
			['Taux d’occupation', 'De la représentation, en pourcentage des places.'],
			['Occupancy rate', 'Of the performance, in per cent of its seats.'],
			{
				unit: '%',
				min: 0,
				max: 100,
				required: false,
				synonyms: ['Occupation', 'Taux de remplissage', 'Occupancy', 'Occupancy percent']
			}
		),
		column(
			'rta_principale',
			'postal_area',
			['RTA principale', 'Les trois premiers signes du code postal de la plupart des acheteurs.'],
			['Main forward sortation area', 'The first three signs of most buyers’ postal code.'],
			{ required: false, synonyms: ['RTA', 'Secteur postal', 'FSA', 'Buyer FSA', 'Code postal'] }
		)
	],
	key: ['id_representation', 'canal_vente', 'type_tarif'],
	period: { column: 'date_representation', grain: 'year' },
	terms: { licence: 'CC-BY-4.0', publication: 'aggregates' }
});
