export const some = labeller({
  BUYER: 'Acheteur public',
  ELIGIBLE: 'Éligible d’office',
  DONE: 'Réalisé',
  NEED_OPENED: 'Besoin', // shorter
  '': 'Non renseigné',
  UNKNOWN_HERE: 'Autre',
});
