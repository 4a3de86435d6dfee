/** What the words of a header say of its column. */
import { folded } from './plain-text.ts';

export interface HeaderSays {
	/** Lower case, without accents, words parted by one space, with one at each end. */
	readonly words: string;
	/** Of somebody who deals with the organisation or works for it: `Client`, `Donor`. */
	readonly person: boolean;
	readonly givenName: boolean;
	readonly familyName: boolean;
	/** `Nom`, `Name`, which may be of anything. */
	readonly name: boolean;
	/** Public credits and works: `Artiste`, `Titre`. */
	readonly credit: boolean;
	/** Organisations and places: `Salle`, `Vendor`. */
	readonly place: boolean;
	/** A text that is meant to be published: `Description`. */
	readonly published: boolean;
	/** One that is never about a client: `Argumentaire`. */
	readonly blurb: boolean;
	readonly phone: boolean;
	readonly email: boolean;
	readonly postal: boolean;
	readonly address: boolean;
	readonly health: boolean;
	readonly sin: boolean;
	readonly card: boolean;
	readonly birth: boolean;
	/** A date of something else: `Date achat`, `Embauche`. */
	readonly event: boolean;
	/** A number or code of something else: `No commande`, `ISBN`. */
	readonly code: boolean;
	/** Where somebody or something is, or how it is reached: what stands beside a name. */
	readonly reach: boolean;
}

/** A whole word, whatever its ending: `clients`, `cliente`. */
const has = (list: string): ((words: string) => boolean) => {
	const pattern = new RegExp(` (?:${list}) `);
	return (words) => pattern.test(words);
};

const PERSON = has(
	'clients?|clientes?|acheteu(?:r|se)s?|abonnee?s?|contacts?|responsables?|benevoles?|parents?|meres?|peres?|mamans?|papas?|enfants?|eleves?|donat(?:eur|rice)s?|signataires?|employee?s?|participante?s?|locataires?|usag(?:er|ere)s?|membres?|titulaires?|destinataires?|expedit(?:eur|rice)s?|etudiante?s?|inscrite?s?|candidate?s?|candidatures?|demandeu(?:r|se)s?|tut(?:eur|rice)s?|conjointe?s?|beneficiaires?|proprietaires?|plaignante?s?|victimes?|temoins?|patients?|passagers?|voyageurs?|adherente?s?|salariee?s?|personnes?|individus?|payeu(?:r|se)s?|emprunteu(?:r|se)s?|lect(?:eur|rice)s?|visiteu(?:r|se)s?|requerante?s?|reserve par|depose par|deposee par|achete par|recu par|saisi par|trouve par|signale par|urgence|attendees?|students?|customers?|buyers?|donors?|volunteers?|guardians?|employees?|members?|patrons?|subscribers?|holders?|payees?|recipients?|applicants?|payers?|cardholders?|child|children|kids?|mother|father|mom|dad|spouse|purchasers?|ushers?|staff|visitors?|tenants?|borrowers?|campers?|registrants?|emergency|persons?|people|users?|supervisors?|claimants?|complainants?|witness(?:es)?|guests?|invitee?s?|billed to|bill to|billto|ship to|shipto|sold to|soldto|reported by|booked by|ordered by|submitted by|found by|owners?|residents?|delegates?|competitors?|entrants?|winners?|gagnante?s?|choristes?|campeu(?:r|se)s?|stagiaires?|moniteurs?|monitrices?|gardiens?|gardiennes?|placiers?|placieres?|ouvreu(?:r|se)s?|legataires?|defunte?s?|deceased|preteur|lender|renter|hirer|cotisante?s?|players?|joueu(?:r|se)s?|athletes?|teachers?|enseignante?s?|professeure?s?|profs?|coachs?|coaches|animat(?:eur|rice)s?|medecins?|conseill(?:er|ere)s?|gestionnaires?|president|presidente|tresori(?:er|ere)|chauffeurs?|drivers?|reservataires?|souscript(?:eur|rice)s?|cosignataires?|assuree?s?|detent(?:eur|rice)s?|porteurs?|chaperons?|administrat(?:eur|rice)s?|mandataires?|representante?s?|vendeu(?:r|se)s?|cashiers?|caissi(?:er|ere)s?|percussionnistes?|nageu(?:r|se)s?|artisane?s?|exposante?s?|exhibitors?|household|foyer|familles?|accompagnat(?:eur|rice)s?|accompagnante?s?|fullname|full name|pour|factur\\w* a|vendue? a|vendue? par|remise? a|remise? par|pretee? a|louee? a|livree? a|livrer a|expediee? a|envoyee? a|au nom de|a l attention|attention|attn|rempli par|donne par|donnee par|offert par|offerte par|legue par|cedee? par|inscrit par|lent by|given by|donated by|sold by|filled by|taken by|deposante?s?|depositors?|figurante?s?|figuration|extras?|donneu(?:r|se)s?|cedante?s?|heriti(?:er|ere)s?|heirs?|backers?|pledgers?|contribut(?:eur|rice|or)s?|supporters?|addressees?|consignees?|colocataires?|roommates?|pigistes?|freelancers?|contractuel(?:le)?s?|contractors?|techniciene?s?|techniciennes?|technicians?|prepose?e?s?|apprentie?s?|apprentices?|interns?|trainees?|boursi(?:er|ere)s?|repondante?s?|respondents?|interviewees?|informat(?:eur|rice)s?|informants?|declarante?s?|blessee?s?|injured|mecenes?|bienfait(?:eur|rice)s?|philanthropes?|marraines?|parrains?|interlocut(?:eur|rice)s?|garante?s?|secouristes?|appelante?s?|callers?|convives?|utilisat(?:eur|rice)s?|correspondante?s?|correspondents?|chercheu(?:r|se)s?|researchers?|jeunes?|ados?|aines?|pupils?|learners?|pensionnaires?|residante?s?|voisine?s?|neighbou?rs?|workers?|travailleu(?:r|se)s?|crew|equipiers?|nom complet|nom legal|legal name|nom et prenom|prenom et nom|prenom nom|nom prenom|nom de famille'
);
const GIVEN = has(
	'prenoms?|\\w*prenom\\w*|pnom|pre nom|f name|given|given names?|givenname|first|first names?|firstname|fname|prenom legal|forenames?|petit nom|nomprenom|prenomlegal'
);
const FAMILY = has(
	'famille|nom de famille|l name|surnames?|last|last names?|lastname|lname|family|family names?|familyname|patronymes?|nom legal|nomfamille'
);
const NAME = has('noms?|names?|nomcomplet');
const CREDIT = has(
	'distinctions?|medailles?|medals?|recompenses?|honneurs?|hono(?:u)?rs?|contreparties?|rewards?|credit line|mention de source|niveaux?|levels?|tiers?|paliers?|categories?|category|artistes?|artists?|interpretes?|performers?|auteure?s?|autrices?|authors?|writers?|compositeurs?|compositrices?|composers?|realisat(?:eur|rice)s?|directors?|choregraphes?|choreographers?|metteu(?:r|se) en scene|mise en scene|scene|stage name|musiciens?|musicians?|comediens?|comediennes?|distribution|cast|conferenciere?s?|speakers?|titres?|titles?|spectacles?|shows?|oeuvres?|works?|films?|movies?|pieces?|livres?|books?|albums?|tracks?|chansons?|songs?|productions?|programmes?|evenements?|events?|expositions?|exhibitions?|ensembles?|groupe|band|orchestre|orchestra|label|fonds|funds?|bourses?|prix|awards?|illustrat\\w+|traduct\\w+|sujets?|reponses?|answers?|personnages?|characters?|roles?|dramaturges?|librettistes?|paroliere?s?|lyricists?|createurs?|creatrices?|creators?|curators?|commissaires?|peintres?|sculpt(?:eur|rice)s?|laureate?s?|vedettes?|headliners?|affiches?|tete d affiche|pseudos?|pseudonymes?|username|login|chefs?(?! de (?:famille|menage|foyer))|chef d orchestre|conductors?|soliste|soloist|repertoire|catalogue|activites?|cours|ateliers?|instruments?|producteurs?|producers?|representation|performance'
);
const PLACE = has(
	'raisons? sociales?|autre nom|airports?|aeroports?|stations?|gares?|stadiums?|stades?|arenas?|parcs?|parks?|hospitals?|hopital|hopitaux|eglises?|church|churches|paroisses?|pavillons?|batiments?|buildings?|edifices?|monuments?|nom commercial|nom d affaires|business name|trade name|dba|registre|denomination|enseigne|marques?|brands?|hote|salles?|lieux?|venues?|theatres?|theaters?|cinemas?|organismes?|org|organisations?|organizations?|organisat(?:eur|rice)s?|societes?|entreprises?|companys?|companies|compagnies?|exploitants?|billetterie|box office|diffuseurs?|legal entity|entity|vendors?|suppliers?|fournisseurs?|guichets?|bureaux?|institutions?|municipalites?|bibliotheques?|library|libraries|musees?|museums?|studios?|etablissements?|ecoles?|schools?|colleges?|distribut\\w+|agences?|agency|partenaires?|partners?|promot(?:eur|rice)s?|presenters?|galeries?|gallery|festivals?|commanditaires?|sponsors?|employeurs?|employers?|main line|siege social|head office|centres?|hotels?|restaurants?|maison|edit(?:eur|rice)s?|publishers?|label|boutiques?|magasins?|stores?|succursales?|branch(?:es)?|clubs?|associations?|fondations?|foundations?|orchestres?|business|merchants?|commerces?|libraires?|librairies?|bookstores?|resid hote|structure|corporations?|cie|company|facility|location|local|hall'
);
const PUBLISHED = has(
	'descriptions?|abstracts?|summary|about|particularites|presentation|notice|texte'
);
const BLURB = has(
	'argumentaires?|resumes?|synopsis|biographies?|bio|accroche|texte promo\\w*|communique|pitch|blurb|quatrieme|programme'
);
const PHONE = has(
	'tels?|cels?|gsm|ph|ph no|contact no|joignable|telephones?|phones?|phone number|cell|cells|cellulaires?|cellular|mobiles?|portables?|fax|telecopieurs?|texto|sms|telephone\\w*|tel\\w?|phone\\w*'
);
const EMAIL = has(
	'emails?|e mails?|courriels?|courrier electronique|mels?|mails?|adresse electronique|email\\w*|courriel\\w*'
);
const POSTAL = has(
	'code postal|codes postaux|codepostal|\\w*postal\\w*|cp|c p|pc|p c|cod post\\w*|code p|codep|c post\\w*|codpost\\w*|codpos|cdpos\\w*|cpost\\w*|post code|zip\\w*|postal|postal code|postcode|postalcode|zip|zip code|zipcode|code post|postal\\w*'
);
const ADDRESS = has(
	'adresses?|voies?|demeurant|demeure|habite|domiciliee?|coord|coordonnees|no et rue|odonyme|ligne [1-4]|line [1-4]|lives at|mailing|livre a|livraison|deliver to|delivery|envoi a|rues?|streets?|adr|addr|address|addresses|address1|address2|rue|street|domicile|adresse1|adresse2|residence|no civique|civique|ligne1|ligne2|line1|line2|ship line 1|adr\\w*|addr\\w*'
);
const HEALTH = has(
	'ramq|nam|n a m|assurance maladie|ass maladie|assmaladie|no ass mal|carte soleil|health card|health number|health no|health insurance|medicare|hin|carte sante'
);
const SIN = has(
	'nas|n a s|assurance sociale|ass sociale|ass soc|sin|s i n|social insurance|nas \\w+|numassurancesociale'
);
const CARD = has(
	'cartes?|card|cards|carte de credit|credit card|pan|cc|no carte|card number|visa|mastercard|amex|card on file'
);
const BIRTH = has(
	'ddn\\w*|dd n|d d n|dtn|dt n|d t n|do b|d n|d de n|code nais|date nce|nce|datnai\\w*|dte?nai\\w*|dat nai|b date|bdate|dob\\w*|d naiss\\w*|dt nais\\w*|nais|nee?|ne e|nes|dob|d o b|birth|birthday|birthdays|birthdate|birth date|born|bday|b day|anniv\\w*|fete|d?nai|\\w*nais|dn|\\w*naiss\\w*|nais\\w*|\\w*birth\\w*'
);
const EVENT = has(
	'appellations?|nom(?:mee?s?|ination)|constitu\\w*|incorpor\\w*|immatricul\\w*|reconn\\w*|agrement|agreee?s?|homologu\\w*|accession|circulation|achats?|ventes?|events?|evenements?|commandes?|created|created at|updated|updated at|modified|parutions?|paru|publi\\w*|fondee?s?|fondation|founded|embauches?|hired?|hire date|starts?|debut|fin|ends?|adhesions?|inscri\\w*|renouv\\w*|expir\\w*|retours?|prets?|departs?|arriv\\w*|visites?|visits?|dons?|donations?|paiements?|payments?|paye|factur\\w*|envois?|sent|purchas\\w*|orders?|ordered|spectacles?|represent\\w*|sessions?|seances?|sign\\w*|ouvert\\w*|opened|release\\w*|sorties?|creations?|acquisitions?|since|depuis|membre depuis|joined|last|derni\\w*|premiere|enregistr\\w*|emprunt\\w*|livr\\w*|due|echeance|depose|recu|received|soumis\\w*|submitted|optin|naturalis\\w*|deces|mariage|entree|depart|shows?|performance|concert|exhibition|exposition|incident|accident|trouve|found|lost|checkin|checkout|booked|reserv\\w*|travaux|construction|annee|year'
);
const CODE = has(
	'no|num|numero|numeros|number|id|ids|code|codes|ref|reference|sku|isbn|ean|upc|isrc|isni|iswc|ipi|neq|gst|qst|tps|tvq|tps no|facture|invoice|receipt|tracking|suivi|dossier|file|badge|billet|ticket|serie|serial|etiquette|barcode|cb|cote|compte|account|iban|bank|leid|euid|uuid|order|commande|transaction|confirmation|autorisation|contrat|contract|fidelite|loyalty|points|siege|seat|rangee|row|section|hash|session|version|produit|product|gl'
);
const REACH = has(
	'villes?|city|cities|municipalites?|regions?|provinces?|pays|country|site|site web|web|website|url|neq|poste|ext|extension|lat|lon|latitude|longitude|gps|jauge|capacite|capacity|arrondissement|quartier'
);

/** The words of a header: accents and case are forgotten, `camelCase`, `snake_case` and dots part words. */
export function headerSays(header: string): HeaderSays {
	const words = ` ${folded(
		header
			.slice(0, 200)
			.normalize('NFKC')
			.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
			.replace(/['’]/g, ' ')
			.replace(/^ ?lieu de (?=r[ée]sidence)/i, '')
			// Where somebody was born is no place that the table is about.
			.replace(
				/lieux? *(?:et|ou|\/|,|de)? *(?=.{0,12}naiss)|(?<=naiss.{0,12})(?:et|ou|\/|,) *lieux?/giu,
				' '
			)
	)
		.replace(/[^a-z0-9]+/g, ' ')
		.trim()} `;
	const phone = PHONE(words);
	const email = EMAIL(words);
	const postal = POSTAL(words);
	const address = ADDRESS(words) && !email;
	const person = PERSON(words);
	const credit = CREDIT(words);
	const place = PLACE(words);
	return {
		words,
		person: person && !(credit && firstOf(words, CREDIT, PERSON)),
		givenName: GIVEN(words),
		familyName: FAMILY(words),
		name: NAME(words),
		credit: credit && !(person && firstOf(words, PERSON, CREDIT)),
		place: place && !(person && firstOf(words, PERSON, PLACE)),
		published: PUBLISHED(words) || BLURB(words),
		blurb: BLURB(words),
		phone,
		email,
		postal,
		address,
		health: HEALTH(words),
		sin: SIN(words),
		card: CARD(words),
		birth: BIRTH(words),
		event: EVENT(words),
		code: CODE(words),
		reach: phone || email || postal || address || REACH(words)
	};
}

/** `Guest artist` is an artist, `Artiste invité` too; otherwise the word that comes first is what the column is of. */
function firstOf(
	words: string,
	one: (words: string) => boolean,
	other: (words: string) => boolean
): boolean {
	const plain = words.replace(/ (?:guests?|invitee?s?|contacts?) /g, ' ');
	if (!one(plain)) return false;
	if (!other(plain)) return !/ contacts? /.test(words);
	const list = plain.trim().split(' ');
	for (let i = 1; i <= list.length; i++) {
		const beginning = ` ${list.slice(0, i).join(' ')} `;
		if (one(beginning)) return true;
		if (other(beginning)) return false;
	}
	return false;
}

/** Headers under which people write what they like. */
const FREE_WORDS =
	/ (?:notes?|remarques?|remarks?|commentaires?|comments?|memos?|suivis?|messages?|msg|infos?|details?|observations?|precisions?|divers|particularites|besoins|needs|sante|raisons?|reasons?|motifs?|explications?|feedback|description|objet|journal|log|historique|history|echanges?|follow up|contenu|texte|text|body) /;

/** `Raison sociale` is the name of a company, and `Autre nom` a name. */
export const FREE_TEXT = {
	test: (words: string): boolean =>
		/^ (?:autres?|others?|infos?) $/.test(words) ||
		FREE_WORDS.test(words.replace(/ raisons? sociales? /g, ' '))
};
