"""Scale: a generated world of any size, where people have causes; nobody's data.

Persons, accounts, spelling and noise are those of many doors (samples/many_doors), but telephone numbers beyond the
fictional ones are of exchange 555, where nobody is given any. All else is drawn here, for each customer before anything
happens, and lies in the truth.

Coming (``lives.py``): 60 % are members before the first day, the others come evenly over all days. One newcomer in 4 is
brought by a member who is there; one member in 10 brings 10 times as many as another. 7 in 10 of these referrals work:
who came so leaves half as fast; the others leave within 14 days. Who could leave over a complaint brings nobody.

Rhythms (``buying.py``): twelve categories (``goods.py``), each bought by 8 to 60 % of customers, every 10 (milk) to 60
days (soap) by the one in the middle; twice a lognormal of sigma .35 about it, once for the customer, once for each of
their categories. The wait is gamma of shape 4. It ends on a trip, every 3, 7 or 14 days (25, 55, 20 %). Of a category's
25 articles the favourite is 7 purchases in 10.

Price: each category costs a quarter less for 3 days in 28. 30 % watch prices: on these days they buy 2 to 6 times as
much of it as their rhythm has (evenly drawn), and no less later; the others as much as ever. A campaign every 28 days,
14 days long, is for one category; a coin decides which members are sent its coupon. Of those who buy the category,
5 % come once more, who watch prices 5 % and 10 % for each time as much: .15 to .55. Nobody else does.

Hour and door (``orders.py``): 60 % of orders in the hour that one likes, the others evenly from 7 to 22. 55 % like the
store, 25 % the app, 20 % delivery; who has no account there likes the store. 80 % of orders go through it, the others
through any of one's doors.

Complaints: 2 % of orders lead to a ticket, 5 % of deliveries. 7 in 10 are closed within some days (gamma, mean one
day, at most four), the others after 10 to 40. 35 % of customers bear an open complaint for 5 to 15 days, and then leave
for good; the others stay. Beside that 3 % leave in 30 days for no reason that one sees.

Returns: 1.5 % of the lines of store and app go back in 1 to 7 days. A return is an order of its own, its units and
money below nothing.

Abuse (``abuse.py``): 0.5 % of customers, a third each. Returns: 10 to 40 % of their lines go back, after 10 to 25 days
of use. Coupons: whatever a campaign is for, they use its coupon one to three times, each with a chance of 40 to 90 %,
and were sent it or not. Accounts: 4 to 7 customers are one person, at one address, with the same payment cards; each
uses 30 to 70 % of the coupons that it was sent. All buy as others do beside that, and 1 % of customers live with two
to four others in a flat and abuse nothing.

Texts (``telling.py``, in many doors' sentences): each has a need: late, missing, quality, charge; in reviews praise or
none, too. A ticket closed soon gets 3 to 5 stars, a slow one 1 or 2, one in eight none. 15 % of orders in the app are
reviewed: after a ticket with 1 or 2 stars and its need, else mostly with 4 or 5. Reviews with up to 2 stars complain,
with 3 say nothing, with 4 and 5 praise.

Beside: a member file every four weeks, with the age band alone; sessions in the app before each order there, and before
one other order in ten of who has it. Memory is that of 4,000 customers, and about 1 KB for each customer's numbers and
addresses, which are given once.
"""
