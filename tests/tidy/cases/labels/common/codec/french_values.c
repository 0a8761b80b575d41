const struct french_name french_values[] = {
        {"types.BUYER", "acheteur"},
        {"types.ELIGIBLE", "éligible d'office"},
        {"contracts.DONE", "fini"},
        {"tracking.DONE", "réalisé"},
        {"notifications.NEED_OPENED", "besoin ouvert"},
};
