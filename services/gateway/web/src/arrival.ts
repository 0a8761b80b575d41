// What a gateway says of who comes back from an identity provider: one word in the address (#/connexion?motif=…), read
// once as the page opens and taken out of the address bar. A word that is not known says nothing.
import type { Place } from './session.ts';

export const ACCESS_HASH = '#/acces'; // where who is signed in reads it
export const CODE_WANTED = 'code';

const WORDS: Record<string, string> = {
  inconnu:
    'Cette identité n’est liée à aucun compte : personne ne la connaît encore ici. Connectez-vous d’abord autrement et liez-la dans « Mon accès », ou demandez à votre facilitateur.',
  code: 'Votre fournisseur d’identité a répondu. Donnez maintenant le code de votre téléphone.',
  attente: 'Il y a eu trop d’essais pour ce compte : attendez un peu, puis recommencez.',
  perime: 'Ce passage a expiré, ou il était déjà terminé : recommencez.',
  navigateur: 'Ce passage a commencé dans un autre navigateur, ou les cookies sont refusés : recommencez ici.',
  refus: 'Vous n’êtes pas connecté : le fournisseur d’identité a dit non, ou vous avez renoncé.',
  fournisseur: 'Le fournisseur d’identité ne répond pas comme il faut : réessayez dans un instant.',
  preuve: 'La réponse du fournisseur d’identité n’est pas sûre : rien n’a été ouvert. Prévenez l’exploitant du réseau.',
  occupe: 'Trop de personnes se connectent en ce moment : réessayez dans un instant.',
  service: 'Le service des comptes ne répond pas : réessayez dans un instant.',
  liee: 'C’est fait : cette identité ouvre maintenant votre compte.',
  prise: 'Cette identité ouvre déjà un autre compte : déliez-la d’abord depuis celui-là.',
  trop: 'Votre compte a déjà huit identités liées : déliez-en une d’abord.',
  session: 'Votre session s’est terminée entre-temps : rien n’a été lié. Connectez-vous et recommencez.',
};

let word = '';

export function takeArrival(place: Place): string {
  const found = /^#\/connexion\?motif=([a-z]{1,16})$/.exec(place.location.hash)?.[1] ?? '';
  if (!found) return word;
  word = Object.hasOwn(WORDS, found) ? found : '';
  place.history.replaceState(null, '', place.location.pathname + place.location.search + ACCESS_HASH);
  return word;
}

export function arrival(): { word: string; text: string; good: boolean } {
  return { word, text: WORDS[word] ?? '', good: word === 'liee' || word === CODE_WANTED };
}
