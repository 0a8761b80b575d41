static int table[] = {
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
        19,
        20,
        21,
        22,
        23,
        24,
        25,
        26,
        27,
        28,
        29,
        30,
        31,
        32,
        33,
        34,
        35,
        36,
        37,
        38,
        39,
        40,
        41,
        42,
        43,
        44,
        45,
        46,
        47,
        48,
        49,
        50,
        51,
        52,
        53,
        54,
        55,
        56,
        57,
        58,
        59,
        60,
        61,
        62,
        63,
        64,
        65,
        66,
        67,
        68,
        69,
        70,
        71,
        72,
        73,
        74,
        75,
        76,
        77,
        78,
        79,
        80,
};

int just_right(void)
{
        work(1);
        work(2);
        work(3);
        work(4);
        work(5);
        work(6);
        work(7);
        work(8);
        work(9);
        work(10);
        work(11);
        work(12);
        work(13);
        work(14);
        work(15);
        work(16);
        work(17);
        work(18);
        work(19);
        work(20);
        work(21);
        work(22);
        work(23);
        work(24);
        work(25);
        work(26);
        work(27);
        work(28);
        work(29);
        work(30);
        work(31);
        work(32);
        work(33);
        work(34);
        work(35);
        work(36);
        work(37);
        work(38);
        work(39);
        work(40);
        work(41);
        work(42);
        work(43);
        work(44);
        work(45);
        work(46);
        work(47);
        work(48);
        work(49);
        work(50);
        work(51);
        work(52);
        work(53);
        work(54);
        work(55);
        work(56);
        work(57);
        work(58);
        work(59);
        work(60);
        work(61);
        work(62);
        work(63);
        work(64);
        work(65);
        work(66);
        work(67);
        work(68);
        work(69);
        work(70);
}

int too_long(int a, int b, int c, int d, int (*e)(int, int))
{
        work(1); /* { */
        work(2); /* { */
        work(3); /* { */
        work(4); /* { */
        work(5); /* { */
        work(6); /* { */
        work(7); /* { */
        work(8); /* { */
        work(9); /* { */
        work(10); /* { */
        work(11); /* { */
        work(12); /* { */
        work(13); /* { */
        work(14); /* { */
        work(15); /* { */
        work(16); /* { */
        work(17); /* { */
        work(18); /* { */
        work(19); /* { */
        work(20); /* { */
        work(21); /* { */
        work(22); /* { */
        work(23); /* { */
        work(24); /* { */
        work(25); /* { */
        work(26); /* { */
        work(27); /* { */
        work(28); /* { */
        work(29); /* { */
        work(30); /* { */
        work(31); /* { */
        work(32); /* { */
        work(33); /* { */
        work(34); /* { */
        work(35); /* { */
        work(36); /* { */
        work(37); /* { */
        work(38); /* { */
        work(39); /* { */
        work(40); /* { */
        work(41); /* { */
        work(42); /* { */
        work(43); /* { */
        work(44); /* { */
        work(45); /* { */
        work(46); /* { */
        work(47); /* { */
        work(48); /* { */
        work(49); /* { */
        work(50); /* { */
        work(51); /* { */
        work(52); /* { */
        work(53); /* { */
        work(54); /* { */
        work(55); /* { */
        work(56); /* { */
        work(57); /* { */
        work(58); /* { */
        work(59); /* { */
        work(60); /* { */
        work(61); /* { */
        work(62); /* { */
        work(63); /* { */
        work(64); /* { */
        work(65); /* { */
        work(66); /* { */
        work(67); /* { */
        work(68); /* { */
        work(69); /* { */
        work(70); /* { */
        work(71); /* { */
}

/* tidy: long because it is one table of cases */
int excused(void)
{
        work(1);
        work(2);
        work(3);
        work(4);
        work(5);
        work(6);
        work(7);
        work(8);
        work(9);
        work(10);
        work(11);
        work(12);
        work(13);
        work(14);
        work(15);
        work(16);
        work(17);
        work(18);
        work(19);
        work(20);
        work(21);
        work(22);
        work(23);
        work(24);
        work(25);
        work(26);
        work(27);
        work(28);
        work(29);
        work(30);
        work(31);
        work(32);
        work(33);
        work(34);
        work(35);
        work(36);
        work(37);
        work(38);
        work(39);
        work(40);
        work(41);
        work(42);
        work(43);
        work(44);
        work(45);
        work(46);
        work(47);
        work(48);
        work(49);
        work(50);
        work(51);
        work(52);
        work(53);
        work(54);
        work(55);
        work(56);
        work(57);
        work(58);
        work(59);
        work(60);
        work(61);
        work(62);
        work(63);
        work(64);
        work(65);
        work(66);
        work(67);
        work(68);
        work(69);
        work(70);
        work(71);
}

int long_again(int a, int b, int c,
               int d, int e, int f)
{
        work(1);
        work(2);
        work(3);
        work(4);
        work(5);
        work(6);
        work(7);
        work(8);
        work(9);
        work(10);
        work(11);
        work(12);
        work(13);
        work(14);
        work(15);
        work(16);
        work(17);
        work(18);
        work(19);
        work(20);
        work(21);
        work(22);
        work(23);
        work(24);
        work(25);
        work(26);
        work(27);
        work(28);
        work(29);
        work(30);
        work(31);
        work(32);
        work(33);
        work(34);
        work(35);
        work(36);
        work(37);
        work(38);
        work(39);
        work(40);
        work(41);
        work(42);
        work(43);
        work(44);
        work(45);
        work(46);
        work(47);
        work(48);
        work(49);
        work(50);
        work(51);
        work(52);
        work(53);
        work(54);
        work(55);
        work(56);
        work(57);
        work(58);
        work(59);
        work(60);
        work(61);
        work(62);
        work(63);
        work(64);
        work(65);
        work(66);
        work(67);
        work(68);
        work(69);
        work(70);
        work(71);
}
