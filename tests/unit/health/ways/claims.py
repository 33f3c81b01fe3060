# SPDX-License-Identifier: Apache-2.0
"""What sentences on ways claim, each held to the raw answers of the API: nothing of the product is used."""

import re

from tests.unit.health.ways import truth

_PROTOCOL = re.compile(r'(tcp|udp|icmp|protocol \d+|any protocol|any traffic)(?: (.+))?')
_IN_ERROR = re.compile(r'(?:[A-Za-z0-9]+ )+?(\S+) is in error(?: and (\d+) more)?')
_BUILDING = re.compile(r'Being built, or not known to the backend: .*?(\S+?)(?: and (\d+) more)?')
_MAY_OPEN = re.compile(r'(?:(\S+) and (\S+) may open (.+?) to each other|(\S+) may open (.+?) to (\S+))')
_L3_POLICIES = re.compile(r'(\S+) is in L3 policy (\S+), (\S+) in (\S+)')


class Claims:
    """The claims of one cloud; each method says whether a sentence on a way, or a part of it, is true."""

    def __init__(self, cloud):
        self.rows, self.hidden = cloud.rows, cloud.hidden
        self._walk = truth.Walk(cloud.rows, cloud.is_aim, cloud.has_chains)

    def hold(self, way, verdict, sentence):
        """``way`` are the ids of its consumer, rule set and provider."""
        check = getattr(self, f'_{verdict.replace("-", "_")}')
        return check(sentence, way, self._walk.facts(*way))

    def _works(self, sentence, way, facts):
        return _opened(sentence) == _summed(facts.opens)

    _unreported = _works

    def _broken(self, sentence, way, facts):
        return self._names(sentence.removeprefix('Broken: '), facts.own_failed or facts.failed)

    def _partly(self, sentence, way, facts):
        failed, _semicolon, well = sentence.removeprefix('Partly broken: ').partition('; ')
        is_named = self._names(failed, facts.failed)
        return is_named and _traffic(well.removesuffix(' is not affected')) == _reduced(facts.unaffected)

    def _names(self, text, ids):
        """Say whether a text names one of some ids, and counts the others."""
        named = _IN_ERROR.fullmatch(text)
        return named[1] in ids and int(named[2] or 0) == len(ids) - 1

    def _building(self, sentence, way, facts):
        if sentence.startswith('Not confirmed: chain '):
            id_ = sentence.split()[3]
            details = self.rows['servicechain_instances'][id_]['status_details']
            return id_ in facts.building and sentence.split(' says ')[1].startswith(f'{details};')
        named = _BUILDING.fullmatch(sentence)
        return named[1] in facts.building and int(named[2] or 0) == len(facts.building) - 1

    def _nothing(self, sentence, way, facts):
        why, *besides = sentence.removeprefix('Nothing is allowed: ').split('; besides, ')
        rules = self.rows['policy_rule_sets'][way[1]]['policy_rules']
        number = re.search(r'none of its (\d+) rules', why)
        is_counted = int(number[1]) == len(rules) if number else len(rules) == ('has no rules' not in why)
        return is_counted and self._besides(besides, facts)

    def _besides(self, besides, facts):
        return self._names(besides[0], facts.failed) if besides else not facts.failed

    def _no_path(self, sentence, way, facts):
        what, _colon, why = sentence.partition('onnected: ')
        why, *besides = why.split('; besides, ')
        is_allowed = what.startswith('Allowed, but not') == bool(facts.opens)
        return is_allowed and self._is_apart(why, way) and self._besides(besides, facts)

    def _is_apart(self, why, way):
        if named := _L3_POLICIES.fullmatch(why):
            places = {id_: self._walk.l3_policy_of(id_) for id_ in (way[0], way[2])}
            return places == {named[1]: named[2], named[3]: named[4]} and named[2] != named[4]
        external, group = sorted((way[0], way[2]), key=lambda id_: id_ in self.rows['policy_target_groups'])
        l3_policy = self.rows['l3_policies'].get(self._walk.l3_policy_of(group), {})
        own = self.rows['external_policies'][external]
        common = set(own['external_segments']) & set(l3_policy.get('external_segments', ()))
        # One that nobody sees may have a route.
        segments = [self.rows['external_segments'].get(one, {'external_routes': True}) for one in common]
        routes = [one for one in segments if one['external_routes']]
        return {
            f'{external} has no external segment': not own['external_segments'],
            f'L3 policy {l3_policy.get("id")} is not on a segment of {external}': not common,
            f'{external} is of another project than L3 policy {l3_policy.get("id")}': (
                own['tenant_id'] != l3_policy.get('tenant_id')
            ),
            **{f'segment {segment} has no route': not routes for segment in common},
        }[why]

    def _unknown(self, sentence, way, facts):
        """Something is hidden, doubtful, or called what GBP does not define."""
        why = sentence.removeprefix('Cannot be said: ')
        if 'may not see' in why:
            return self._has_gaps
        if status := re.fullmatch(r'GBP does not define the status (\S+) of .*?(\S+)', why):
            return status[1] == 'BANANA' and status[2] in facts.undefined
        return not facts.opens and facts.is_doubtful

    @property
    def _has_gaps(self):
        """Whether something that a row names is in no answer."""
        return any(self.hidden.values())

    def remarks(self, way):
        """Return the slugs of what is worth a word of a way."""
        consumer, name, provider = way
        rules = self._walk.judged(name, consumer, provider)
        open_ = [one for one in rules if one.how != 'none']
        found = {
            **self._of_open(open_),
            **self._of_redirects([one for one in rules if one.how == 'sure' and not one.chain], provider),
            **_of_ends([self._walk.parties[id_] for id_ in (consumer, provider)]),
            'nodes': any(one.chain for one in rules),
            'outside': self._opens_from_outside(way, open_),
        }
        return {slug for slug, holds in found.items() if holds}

    def _of_open(self, rules):
        return {
            'switched-off': any(one.rule and not one.rule['enabled'] for one in rules),
            'number': self._walk.is_aim and any(one.classifier and one.traffic[0].isdigit() for one in rules),
            'wider': not self._walk.is_aim and any(_is_wider(one, other) for one in rules for other in rules),
        }

    def _opens_from_outside(self, way, rules):
        consumer, name, provider = way
        outside = {consumer, provider} & set(self.rows['external_policies'])
        # Nobody knows what a rule set opens that cannot be seen.
        return any(outside & one.openers for one in rules) or (name is None and bool(outside))

    def _of_redirects(self, rules, provider):
        specs = [
            [action['action_value'] for action in one.actions if action and action['action_type'] == 'redirect']
            for one in rules
        ]
        leads = [any(values) and self._walk.makes_chains(provider) for values in specs if values]
        return {'no-chain': not all(leads), 'hidden-chain': any(leads)}


def _opened(sentence):
    """Return {(who may open it, protocol, ports)} of a sentence."""
    found = set()
    for one, other, both, opener, traffic, _target in _MAY_OPEN.findall(sentence):
        for party in (one, other) if both else (opener,):
            found |= {(party, *item) for item in _traffic(both or traffic)}
    return found


def _traffic(text):
    """Return {(protocol, ports)} of what traffic is called; '' is any."""
    found, protocol = set(), ''
    for item in re.split(', | and ', text):
        named = _PROTOCOL.fullmatch(item)
        protocol = named[1] if named else protocol
        found.add((protocol.removeprefix('protocol '), (named[2] or '' if named else item).replace('–', ':')))
    return {('' if name.startswith('any ') else name, ports) for name, ports in found}


def _summed(opens):
    parties = {party for party, _protocol, _ports in opens}
    return {
        (party, *item)
        for party in parties
        for item in _reduced({(name, ports) for one, name, ports in opens if one == party})
    }


def _reduced(opens):
    """Leave out the ports of a protocol that is open as a whole."""
    if ('', '') in opens:
        return {('', '')}
    return {(name, ports) for name, ports in opens if not ports or (name, '') not in opens}


def _of_ends(ends):
    return {
        'proxy': any(end.get('proxy_group_id') for end in ends),
        'empty': any(end.get('policy_targets') == [] for end in ends),
        'automatic': any(end.get('is_auto_ptg') for end in ends),
    }


def _is_wider(one, other):
    """Say whether one rule opens all that another one does, and more, to the same party."""
    if not (one.traffic and other.traffic and one.openers & other.openers):
        return False
    (protocol, ports), (others, _ports) = one.traffic, other.traffic
    return not ports and protocol in ('', others) and one.traffic != other.traffic
