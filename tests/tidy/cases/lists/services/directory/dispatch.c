static const struct subscription subscriptions[] = {
        {.service = "contracts",
         .copy = copy_from_contracts,
         .react = react_to_contracts},
        {.service = "gateway", .react = react_to_gateway},
};
const struct service_spec spec = {.seals = true};
