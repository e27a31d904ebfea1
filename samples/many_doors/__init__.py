"""Many doors: the real baskets of the Complete Journey, sold through several channels to generated persons.

Every line, amount and time is real (84.51's Complete Journey 2.0): all channels together give 155,848 baskets,
1,469,307 lines and 4,596,039.58. Persons, accounts and texts are generated, and nobody's: Faker's names and addresses,
70 % en_US and 30 % zh_CN, mail domains of RFC 2606, US numbers of the fictional 555-01xx; Chinese numbers are random.
No cause is invented: who buys what where is drawn apart from what they did; events, tickets and reviews go with the
baskets, whatever came after.

Persons (``people.py``): one household in 5 has two, who share address and telephone; of these pairs 1 in 10 are twins,
1 in 10 are parent and child of one name. In the year 10 % of households move, 8 % of persons change their telephone,
5 % their e-mail address, 5 % of the women their surname.

Accounts (``accounts.py``): everybody has a loyalty card, 5 % a second one after losing it; 60 % use the app, 8 % of
them with two accounts, one after the other; 40 % use the delivery platform. One pair in 4 has a payment card together.

Noise (``spelling.py``), in each account by itself: a name has a typing error in 3 %, is a nickname in 10 % (en_US) or
in pinyin in 40 % (zh_CN); a telephone number has two digits swapped in 1 %; an address is shortened in 40 % and has a
typing error in 5 %; what may be left out is, in 10 to 50 %. 10 % of accounts never hear of a change, the others within
45 days. ``times`` multiplies the shares of errors, nicknames and what is left out.

Doors (``baskets.py``): each person's share of app and delivery is drawn; at the store the card is shown for 80 % of
baskets and 75 % are paid by card, so one basket in 20 there is nobody's.

The truth lies beside the landing zone, in a folder of its own: who is behind each account and each order.
"""
