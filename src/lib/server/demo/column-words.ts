/** What the demo says of the columns of its datasets, in both languages: a column's name, then what it holds. */
import type { ColumnAbout } from '../../core/dataset/column-about.ts';

type Words = readonly [name: string, label: string, unit: string, fr: string, en: string];

const about = (columns: readonly Words[]): readonly ColumnAbout[] =>
	columns.map(([name, label, unit, fr, en]) => ({
		name,
		label,
		unit,
		description: { fr, en }
	}));

export const TICKET_WORDS = about([
	['id_commande', 'Commande', '', 'Les billets achetés ensemble.', 'Tickets bought together.'],
	['id_billet', 'Billet', '', 'Une ligne par billet.', 'One line per ticket.'],
	['date_achat', 'Achat', '', 'Heure de Québec.', 'Québec time.'],
	['date_representation', 'Représentation', '', 'Heure de Québec.', 'Québec time.'],
	[
		'id_representation',
		'N° de représentation',
		'',
		'Comme dans le jeu des représentations.',
		'As in the dataset of performances.'
	],
	['titre_spectacle', 'Spectacle', '', 'Titre inventé.', 'An invented title.'],
	['discipline', 'Discipline', '', 'Celle du spectacle.', 'Of the show.'],
	['salle', 'Salle', '', 'Salle inventée.', 'An invented hall.'],
	['jauge', 'Jauge', 'places', 'Places de la salle.', 'Seats of the hall.'],
	['type_tarif', 'Tarif', '', 'Catégorie de prix du billet.', 'Price category of the ticket.'],
	[
		'prix_unitaire',
		'Prix',
		'$',
		'Prix d’un billet, sans les frais.',
		'Price of one ticket, without fees.'
	],
	['frais_service', 'Frais de service', '$', 'Ajoutés au prix.', 'On top of the price.'],
	['canal_vente', 'Canal de vente', '', 'Où le billet a été acheté.', 'Where it was bought.'],
	['mode_paiement', 'Paiement', '', 'Comment il a été payé.', 'How it was paid for.'],
	[
		'statut',
		'Statut',
		'',
		'Un billet scanné a servi; un billet vendu n’a pas été présenté.',
		'A scanned ticket was used; one that was only sold was not shown at the door.'
	],
	[
		'rta_acheteur',
		'Région de tri d’acheminement',
		'',
		'Trois premiers caractères du code postal; vide si inconnu.',
		'First three characters of the postal code; empty when unknown.'
	],
	[
		'id_client_pseudo',
		'Client·e (pseudonyme)',
		'',
		'Le même pour la même personne, sans dire qui.',
		'The same for the same person, without saying who.'
	],
	[
		'premiere_visite',
		'Première visite',
		'',
		'Premier achat connu de cette personne.',
		'First purchase known of that person.'
	],
	[
		'consentement_infolettre',
		'Consentement à l’infolettre',
		'',
		'A accepté de recevoir l’infolettre.',
		'Agreed to receive the newsletter.'
	]
]);

export const PERFORMANCE_WORDS = about([
	['id_representation', 'N° de représentation', '', 'Une ligne chacune.', 'One line each.'],
	['id_organisme', 'Organisme', '', 'Diffuseur inventé.', 'An invented presenter.'],
	['date', 'Date', '', 'Jour de la représentation.', 'Day of the performance.'],
	['heure', 'Heure', '', 'Heure annoncée du lever de rideau.', 'Announced curtain time.'],
	['titre_spectacle', 'Spectacle', '', 'Titre inventé.', 'An invented title.'],
	['discipline', 'Discipline', '', 'Celle du spectacle.', 'Of the show.'],
	['langue', 'Langue', '', 'Celle du spectacle.', 'Of the show.'],
	['public_cible', 'Public visé', '', 'À qui il s’adresse.', 'Whom it is meant for.'],
	[
		'provenance_spectacle',
		'Provenance',
		'',
		'D’où vient la compagnie.',
		'Where the company is from.'
	],
	['region_code', 'Région', '', 'Région administrative.', 'Administrative region.'],
	['municipalite', 'Municipalité', '', 'Ville de la salle.', 'Town of the hall.'],
	[
		'billets_disponibles',
		'Billets disponibles',
		'billets',
		'Sièges offerts ce soir-là.',
		'Seats on offer that night.'
	],
	['entrees_payantes', 'Entrées payantes', 'billets', 'Billets payés.', 'Paid tickets.'],
	['entrees_faveur', 'Entrées de faveur', 'billets', 'Billets offerts.', 'Complimentary tickets.'],
	[
		'revenus_billetterie',
		'Revenus de billetterie',
		'$',
		'Sans les frais ni les taxes.',
		'Without fees and taxes.'
	],
	['cachet', 'Cachet', '$', 'Versé à la compagnie.', 'Paid to the company.'],
	[
		'statut',
		'Statut',
		'',
		'Maintenue, reportée ou annulée.',
		'Held, postponed (Reportée) or cancelled (Annulée).'
	]
]);

export const WEB_WORDS = about([
	['date', 'Date', '', 'Jour de la visite.', 'Day of the visits.'],
	['id_organisme', 'Organisme', '', 'À qui est le site.', 'Whose site it is.'],
	['source_support', 'Source', '', 'D’où viennent les visites.', 'Where visits come from.'],
	['sessions', 'Visites', 'visites', 'Nombre de visites.', 'Number of visits.'],
	['utilisateurs', 'Appareils', 'appareils', 'Appareils distincts.', 'Distinct devices.'],
	[
		'vues_fiche_spectacle',
		'Fiches vues',
		'vues',
		'Pages de spectacle affichées.',
		'Pages of shows that were opened.'
	],
	['clics_billetterie', 'Vers la billetterie', 'clics', 'Clics vers l’achat.', 'Clicks to buy.'],
	['achats', 'Achats', 'achats', 'Achats qui ont suivi.', 'Purchases that followed.'],
	['depense_pub', 'Publicité', '$', 'Dépensé ce jour-là.', 'Spent on advertising that day.'],
	[
		'impressions_sociales',
		'Affichages sociaux',
		'affichages',
		'Sur les réseaux sociaux.',
		'Times shown on social networks.'
	],
	[
		'interactions',
		'Interactions',
		'interactions',
		'Réactions et partages.',
		'Reactions and shares.'
	],
	[
		'taux_ouverture_infolettre',
		'Ouverture de l’infolettre',
		'%',
		'Part des envois ouverts; vide sans envoi.',
		'Share of letters opened; empty when none was sent.'
	]
]);
