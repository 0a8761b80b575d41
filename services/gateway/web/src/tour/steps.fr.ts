// The guided tour, ten steps a role, in French. A step is where (the address; none: where one is), what it points to (an
// element by the name that is read or heard), and what is said. A test holds each step to an element that exists.
import type { Role } from '../types.ts';

export interface TourStep {
  at?: string; // « contrats »
  to: string; // the name of a link, a button, a heading or a field
  text: string;
}

const MENU = (to: string, text: string): TourStep => ({ to, text });
const ON = (at: string, to: string, text: string): TourStep => ({ at, to, text });

const DAY = ON(
  'aujourdhui',
  'Ma journée',
  'Tout commence ici : ce qui vous attend, le plus pressé d’abord. Chaque ligne a son bouton, qui mène au formulaire ; ce qui est réglé s’en va de lui-même.',
);
const EVERYTHING = ON(
  'tout',
  'Tout faire',
  'Vous ne savez pas où cela se fait ? « Tout faire » montre toutes vos listes et toutes vos actions.',
);
const SEARCH = ON(
  'tout',
  'Chercher une action ou une liste, un contrat, une organisation',
  'Écrivez quelques mots : « convention », « relance »… La touche « / » ramène à cette recherche depuis toute page.',
);
const ACCESS = ON(
  'acces',
  'Mon accès',
  'Votre mot de passe, votre second facteur, vos sessions ouvertes et vos clés sont sur cette page.',
);
const LEAVE = MENU('Se déconnecter', 'Sur un ordinateur partagé, quittez toujours par ce bouton : rien de ce que vous avez écrit n’y reste.');
const CHANGES = ON('changements', 'Changements', 'Quand quelqu’un change ce que vous aviez décidé, c’est dit ici, avec l’avant et l’après.');
const IMPORT = ON(
  'importer',
  'Importer une liste',
  'Donnez le fichier de votre tableur : vous voyez, ligne par ligne, ce qui en serait fait avant que rien ne soit enregistré.',
);
const REGION = ON('region', 'La région', 'Les heures dues et faites, les contrats, les personnes : les chiffres de la région.');
const CONTRACTS = ON('contrats', 'Contrats', 'Les contrats suivis ou publiés. Ouvrez-en un : sa clause, ses obligations, ses dates, son histoire.');
const ACCOUNTS = ON('comptes', 'Comptes', 'Qui peut entrer, et qui y a consenti.');
const PROPOSALS = ON('propositions', 'Propositions de personnes', 'Une personne pour un besoin, sous un repère : où elle en est, et qui doit répondre.');
const DECLARE = ON(
  'declarer',
  'Déclarer les heures du mois',
  'Un mois en une feuille, une ligne par parcours. Une colonne de votre tableur se colle dans une case.',
);
const READINGS = ON('lectures', 'Dossiers ouverts', 'Chaque ouverture d’un dossier laisse sa trace : qui, quand, pour quelle raison.');
const NEEDS = ON('besoins', 'Besoins', 'Les personnes que les entreprises cherchent, par territoire.');
const FOOT = MENU('interface pour les programmes', 'Au pied de chaque page : votre accès, et l’interface pour les programmes de votre organisation.');

export const TOUR: Partial<Record<Role, TourStep[]>> = {
  FACILITATOR: [
    DAY,
    CONTRACTS,
    ON('personnes', 'Personnes', 'Les personnes suivies, sans leur nom. Il n’est lu qu’en ouvrant le dossier, avec un motif, et cela se voit.'),
    ON('parcours', 'Parcours', 'Chaque contrat de travail sur une clause : son employeur, ses heures, son suivi.'),
    ON('heures', 'Heures à valider', 'Les heures déclarées attendent votre accord : validez une ligne, ou tout ce qui est sans avertissement, d’un coup.'),
    NEEDS,
    ON('liens', 'Liens', 'Une entreprise sans compte répond par un lien que vous lui envoyez : heures, présence, réponse.'),
    IMPORT,
    EVERYTHING,
    SEARCH,
  ],
  COORDINATOR: [
    DAY,
    REGION,
    CONTRACTS,
    ON('avancement', 'Avancement, les plus en retard d’abord', 'Les obligations dont les heures tardent, avec leur feu et leur raison.'),
    NEEDS,
    READINGS,
    ON('comptes', 'Comptes', 'Un compte qui voit des personnes demande votre consentement : il attend ici.'),
    CHANGES,
    EVERYTHING,
    SEARCH,
  ],
  BUYER: [
    DAY,
    CONTRACTS,
    MENU('Contrats', 'Ce menu ramène à vos contrats : là se notent une attribution, une date reportée, une réponse publiée.'),
    ON('dossiers', 'Dossiers de contrôle', 'Quand un titulaire ne tient pas la clause, le dossier dit l’étape, les lettres, et ce qui vous revient.'),
    IMPORT,
    CHANGES,
    EVERYTHING,
    SEARCH,
    ACCESS,
    LEAVE,
  ],
  COMPANY: [
    DAY,
    ON('obligations', 'Mes obligations', 'Ce que vous devez, marché par marché : heures dues, faites, restantes.'),
    DECLARE,
    MENU('Envoyer les déclarations', 'Rien ne part avant ce bouton ; ce qui est renvoyé remplace ce qui l’était, tant que ce n’est pas validé.'),
    ON('besoin', 'Déclarer un besoin', 'Dites qui vous cherchez : les prescripteurs du territoire sont prévenus aussitôt.'),
    PROPOSALS,
    IMPORT,
    CHANGES,
    SEARCH,
    LEAVE,
  ],
  STRUCTURE: [
    DAY,
    DECLARE,
    MENU('Envoyer les déclarations', 'Rien ne part avant ce bouton ; ce qui est renvoyé remplace ce qui l’était, tant que ce n’est pas validé.'),
    PROPOSALS,
    IMPORT,
    CHANGES,
    EVERYTHING,
    SEARCH,
    ACCESS,
    LEAVE,
  ],
  PRESCRIBER: [
    DAY,
    ON('alertes', 'Mes alertes', 'Un besoin s’ouvre sur votre territoire : vous l’apprenez ici, et par courriel si vous êtes abonné.'),
    NEEDS,
    ON('personnes', 'Personnes', 'Les personnes que vous avez orientées, et ce qu’elles deviennent.'),
    PROPOSALS,
    IMPORT,
    EVERYTHING,
    SEARCH,
    ACCESS,
    LEAVE,
  ],
  AUDITOR: [
    REGION,
    CONTRACTS,
    READINGS,
    ACCOUNTS,
    EVERYTHING,
    SEARCH,
    ON('envois', 'Chiffres envoyés', 'Les chiffres qui ont été envoyés, tels qu’ils l’ont été, et ce qui a changé depuis.'),
    ON('controles', 'Contrôles sur échantillon', 'Les contrôles tirés au sort, de quoi refaire le tirage, et les preuves reçues.'),
    ACCESS,
    LEAVE,
  ],
  OPERATOR: [
    ON('reseau', 'État du réseau', 'Les services en marche, ce qu’ils ont reçu, et s’ils suivent.'),
    ON('partenaires', 'Partenaires', 'Les organisations de l’annuaire : structures, prescripteurs, entreprises, acheteurs.'),
    ON('comptes', 'Comptes', 'Vous faites les comptes ; ceux qui voient des personnes attendent aussi un autre consentement que le vôtre.'),
    ON('courriels', 'Courriels abandonnés', 'Les courriels qu’un serveur n’a pas voulu prendre attendent ici, avec ce qu’il en a dit.'),
    ON('abonnements', 'Abonnements aux alertes', 'Quelle adresse reçoit quelles alertes, et celles qui ne sont pas encore confirmées.'),
    ON('liens', 'Liens', 'Les liens donnés à qui n’a pas de compte ; chacun peut être repris.'),
    IMPORT,
    SEARCH,
    ACCESS,
    LEAVE,
  ],
  DATA_PROTECTION: [
    READINGS,
    ON('fin-de-conservation', 'Dossiers dont la conservation finit', 'Les dossiers qui arrivent à leur terme, et ce qui en sera fait.'),
    ACCOUNTS,
    MENU('Connexions', 'Le journal des connexions de tous les comptes est au bas de cette page.'),
    EVERYTHING,
    SEARCH,
    MENU('Toutes vos actions', 'Effacer, limiter, rectifier, remettre à une personne ce qui est su d’elle : chaque droit a son action.'),
    ACCESS,
    FOOT,
    LEAVE,
  ],
};
