const struct table_spec tables[] = {
        {"contract", TABLE_STATE}, {"clause", TABLE_STATE},
        {"organisation", TABLE_COPY},
};
