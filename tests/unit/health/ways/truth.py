# SPDX-License-Identifier: Apache-2.0
"""The verdicts on all ways of a cloud, walked anew over the raw answers of the API: nothing of the product is used.

It starts at the rule sets and their lists of who provides and who consumes them; the product starts at the parties.
"""

import itertools
from types import SimpleNamespace

PARTIES = ('policy_target_groups', 'external_policies')
COPIED = {'node deployment in progress', 'node deployment failed', 'node deployment completed'}
KNOWN_WORDS = {'ERROR', 'BUILD', 'ACTIVE', ''}


def verdicts(rows, is_aim, has_chains):
    """Return {(consumer, rule set, provider): verdict} of {collection: {id: attributes}}."""
    walk = Walk(rows, is_aim, has_chains)
    return {key: walk.verdict(*key) for key in walk.joined()}


#: Of several ways from one party to another one the best counts.
WORTH = ('works', 'unreported', 'partly', 'building', 'unknown', 'broken', 'no-path', 'nothing')


def answers(rows, is_aim, has_chains):
    """Return {(opener, target): best verdict on the rules by which the opener may open connections}."""
    walk = Walk(rows, is_aim, has_chains)
    found = {}
    for consumer, name, provider in walk.joined():
        for opener, target in ((consumer, provider), (provider, consumer)):
            verdict = walk.verdict(consumer, name, provider, opener)
            if verdict != 'nothing':
                found.setdefault((opener, target), []).append(verdict)
    return {ends: min(verdicts, key=WORTH.index) for ends, verdicts in found.items()}


class Walk:
    def __init__(self, rows, is_aim, has_chains):
        self.rows, self.is_aim, self.has_chains = rows, is_aim, has_chains
        self.parties = {
            id_: row
            for kind in PARTIES
            for id_, row in rows[kind].items()
            if not row.get('proxied_group_id') and not row.get('service_management')
        }

    def joined(self):
        for name, row in self.rows['policy_rule_sets'].items():
            yield from self._pairs(name, self._listed(row, 'consuming'), self._listed(row, 'providing'))
        named = [
            name for row in self.parties.values() for role in ('provided', 'consumed') for name in _sets(row, role)
        ]
        for name in sorted(set(named) - set(self.rows['policy_rule_sets'])):
            yield from self._pairs(name, self._naming(name, 'consumed'), self._naming(name, 'provided'))

    def _listed(self, row, role):
        return [id_ for kind in PARTIES for id_ in row[f'{role}_{kind}']]

    def _naming(self, name, role):
        return [id_ for id_, row in self.parties.items() if name in _sets(row, role)]

    def _pairs(self, name, consumers, providers):
        for consumer in consumers:
            for provider in providers:
                is_seen = consumer in self.parties and provider in self.parties
                is_outside = self._is_external(consumer) and self._is_external(provider)
                if is_seen and consumer != provider and not is_outside:
                    yield consumer, name, provider

    def _is_external(self, id_):
        return id_ in self.rows['external_policies']

    def word(self, row):
        if row is None:
            return '?'
        is_group = row.get('l2_policy_id', '') != ''
        return '' if is_group and row['status_details'] in COPIED else (row['status'] or '').upper()

    def verdict(self, consumer, name, provider, opener=None):
        """Judge a way; where there is an opener, by those rules alone by which it may open connections."""
        rule_set = self.rows['policy_rule_sets'].get(name)
        if rule_set is None:
            return 'unknown'
        counted = self._counted(rule_set, {None: '', consumer: 'out', provider: 'in'}[opener])
        judged = [self._rule(rule_set, id_, consumer, provider) for id_ in counted]
        sure = [words for how, words in judged if how == 'sure']
        if all(how == 'none' for how, _words in judged):
            return 'nothing'
        joined, path = self._path(consumer, provider)
        if joined is False:
            return 'no-path'
        own = [self.word(one) for one in (self.parties[consumer], self.parties[provider], rule_set, *path)]
        own += self._proxied(consumer, provider)
        return _said(own, sure, joined is None or '?' in own)

    def _counted(self, rule_set, wrong_way):
        """Return the rules of a set but those of a direction."""
        named = {
            id_: self.rows['policy_rules'].get(id_, {}).get('policy_classifier_id') for id_ in rule_set['policy_rules']
        }
        known = self.rows['policy_classifiers']
        return [id_ for id_, classifier in named.items() if known.get(classifier, {}).get('direction') != wrong_way]

    def facts(self, consumer, name, provider):
        """Return what there is to say of a way: what is open, and the ids of what is in error, built, or undefined."""
        rules = self.judged(name, consumer, provider)
        sure = [one for one in rules if one.how == 'sure']
        own = [*self._stops(name, consumer, provider), *self._proxy_chains(consumer, provider)]
        words = self._words_of([*own, *itertools.chain.from_iterable(one.rows for one in sure)])
        failed = _said_of(words, {'ERROR'})
        return SimpleNamespace(
            opens={(party, *one.traffic) for one in sure for party in one.openers},
            own_failed=failed & set(self._words_of(own)),
            failed=failed,
            unaffected={one.traffic for one in sure if failed.isdisjoint(self._words_of(one.rows))},
            building=_said_of(words, {'BUILD'}),
            undefined=_said_of(words, set(words.values()) - KNOWN_WORDS),
            is_doubtful=any(one.how == 'doubtful' for one in rules),
        )

    def judged(self, name, consumer, provider):
        """Return each rule of a set that is seen: how sure it is, its rows, its traffic, and who opens it."""
        rule_set = self.rows['policy_rule_sets'].get(name, {'policy_rules': []})
        return [self._one(rule_set, id_, consumer, provider) for id_ in rule_set['policy_rules']]

    def _one(self, rule_set, id_, consumer, provider):
        how, _words = self._rule(rule_set, id_, consumer, provider)
        rule = self.rows['policy_rules'].get(id_)
        classifier, actions = self._parts(rule) if rule else (None, [])
        chain = self._first_chain(classifier, actions, consumer, provider) if how == 'sure' else None
        return SimpleNamespace(
            how=how,
            rule=rule,
            classifier=classifier,
            actions=actions,
            chain=chain,
            rows=[row for row in (rule, classifier, *actions, chain) if row],
            traffic=classifier and tuple(classifier[name] or '' for name in ('protocol', 'port_range')),
            openers=self._openers(classifier, consumer, provider),
        )

    def _parts(self, rule):
        actions = [self.rows['policy_actions'].get(one) for one in rule['policy_actions']]
        return self.rows['policy_classifiers'].get(rule['policy_classifier_id']), actions

    def _openers(self, classifier, consumer, provider):
        """Return who may open connections: both where nobody sees the direction, or the fabric takes null for that."""
        direction = classifier['direction'] if classifier else 'bi'
        of_null = {consumer, provider} if self.is_aim else set()
        return {'in': {consumer}, 'out': {provider}, 'bi': {consumer, provider}, None: of_null}[direction]

    def _first_chain(self, classifier, actions, consumer, provider):
        words = self._of_chain(classifier, actions, consumer, provider)
        found = _preferred(self._fitting(classifier, actions, consumer, provider), consumer)
        return next((one for one in found if [self.word(one)] == words), None)

    def _words_of(self, rows):
        return {row['id']: self._of_rule(row) if 'policy_actions' in row else self.word(row) for row in rows}

    def _stops(self, name, *ends):
        """Return both ends, their L2 and L3 policies, the segments that lead outside, and the rule set."""
        places = [self._place(id_) for id_ in ends if not self._is_external(id_)]
        outside = [self.parties[id_] for id_ in ends if self._is_external(id_)]
        segments = [self._common_segments(one, places[0][1]) for one in outside]
        rule_set = self.rows['policy_rule_sets'].get(name)
        return [row for row in itertools.chain(map(self.parties.get, ends), *places, *segments, [rule_set]) if row]

    def _common_segments(self, outside, l3):
        common = set(outside['external_segments']) & set(l3['external_segments'] if l3 else ())
        return [self.rows['external_segments'].get(one) for one in sorted(common)]

    def l3_policy_of(self, group):
        l3 = self._place(group)[1]
        return l3 and l3['id']

    def _proxied(self, consumer, provider):
        return [self.word(chain) for chain in self._proxy_chains(consumer, provider)]

    def _proxy_chains(self, consumer, provider):
        return self._chains(consumer, provider) if self.parties[provider].get('proxy_group_id') else []

    def _chains(self, consumer, provider):
        return [
            chain
            for chain in self.rows['servicechain_instances'].values()
            if chain['provider_ptg_id'] == provider and chain['consumer_ptg_id'] in ('N/A', None, '', consumer)
        ]

    def _rule(self, rule_set, id_, consumer, provider):
        """Return (how sure it is, words of what it consists of)."""
        rule = self.rows['policy_rules'].get(id_)
        parent, is_parent_seen = self._parent(rule_set)
        if rule is None:
            return 'doubtful', []
        if parent is not None and rule['policy_classifier_id'] not in parent:
            return 'none', []
        classifier = self.rows['policy_classifiers'].get(rule['policy_classifier_id'])
        actions = [self.rows['policy_actions'].get(one) for one in rule['policy_actions']]
        how = self._how(classifier, actions)
        if how == 'sure' and not is_parent_seen:
            return 'doubtful', []
        words = [self._of_rule(rule), *(self.word(one) for one in (classifier, *actions) if one)]
        return how, words + (self._of_chain(classifier, actions, consumer, provider) if how == 'sure' else [])

    def _of_rule(self, rule):
        found = self.word(rule)
        return '' if found == 'BUILD' and self.is_aim else found

    def _parent(self, rule_set):
        """Return (classifiers that the parent uses or None, whether all of that can be seen)."""
        if not rule_set['parent_id']:
            return None, True
        parent = self.rows['policy_rule_sets'].get(rule_set['parent_id'])
        rules = [self.rows['policy_rules'].get(one) for one in parent['policy_rules']] if parent else [None]
        if None in rules:
            return None, False
        return {rule['policy_classifier_id'] for rule in rules}, True

    def _how(self, classifier, actions):
        types = {one and (one['action_type'] or 'null') for one in actions}
        is_nothing = types == {'null'} if self.is_aim else classifier and classifier['direction'] is None
        if is_nothing:
            return 'none'
        is_sure = classifier is not None and self._is_plain(classifier) and self._permits(types)
        return 'sure' if is_sure else 'doubtful'

    def _is_plain(self, classifier):
        protocol = classifier['protocol'] or ''
        return (protocol or not classifier['port_range']) and not (self.is_aim and protocol.isdigit())

    def _permits(self, types):
        good = types & {'allow', 'redirect'}
        return good == types if self.is_aim and types else bool(good)

    def _of_chain(self, classifier, actions, consumer, provider):
        found = self._fitting(classifier, actions, consumer, provider)
        return [_worst(map(self.word, _preferred(found, consumer)))] if found else []

    def _fitting(self, classifier, actions, consumer, provider):
        redirects = [one for one in actions if one and one['action_type'] == 'redirect']
        specs = {one['action_value'] for one in redirects} - {None}
        found = [one for one in self._made(consumer, provider) if specs & set(one['servicechain_specs'])]
        return [one for one in found if one['classifier_id'] == classifier['id']]

    def makes_chains(self, provider):
        is_made = self.has_chains and self.parties[provider].get('enforce_service_chains') is not False
        return is_made and not self._is_external(provider)

    def _made(self, consumer, provider):
        return self._chains(consumer, provider) if self.makes_chains(provider) else []

    def _path(self, consumer, provider):
        """Return (whether something carries it, None where nobody knows, and the rows that it leads over)."""
        if self._is_external(consumer) or self._is_external(provider):
            outside, group = (consumer, provider) if self._is_external(consumer) else (provider, consumer)
            return self._to_outside(self.parties[outside], *self._place(group))
        (l2, l3), (other_l2, other_l3) = self._place(consumer), self._place(provider)
        stops = [l2, l3, other_l2, other_l3]
        if None in stops:
            return None, stops
        return any(one & other for one, other in zip(self._joints(l3), self._joints(other_l3))), stops

    def _joints(self, l3):
        """Return what joins an L3 policy with others: itself, its routers, and in the fabric its address scopes."""
        scopes = [{l3.get('address_scope_v4_id')} - {None}, {l3.get('address_scope_v6_id')} - {None}]
        return [{l3['id']}, set(l3['routers']), *(scopes if self.is_aim else [])]

    def _place(self, group):
        l2 = self.rows['l2_policies'].get(self.parties[group]['l2_policy_id'])
        return l2, self.rows['l3_policies'].get(l2['l3_policy_id']) if l2 else None

    def _to_outside(self, outside, l2, l3):
        if l3 is None:
            return None if outside['external_segments'] else False, [l2, l3]
        segments = self._common_segments(outside, l3)
        is_foreign = self.is_aim and outside['tenant_id'] != l3['tenant_id']
        routes = [one is None or bool(one['external_routes']) for one in segments]
        if is_foreign or not any(routes):
            return False, []
        return None if None in segments else True, [l2, l3, *segments]


def _sets(row, role):
    return row[f'{role}_policy_rule_sets']


def _said(own, sure, is_unsure):
    # Of a rule the worst word counts.
    rules = [_worst(words) for words in sure]
    worst = {*own, *rules}
    if 'ERROR' in own or set(rules) == {'ERROR'}:
        return 'broken'
    if 'ERROR' in rules:
        return 'partly'
    if 'BUILD' in worst:
        return 'building'
    if is_unsure or not sure or worst - KNOWN_WORDS:
        return 'unknown'
    return 'works' if 'ACTIVE' in worst else 'unreported'


def _said_of(words, some):
    """Return the ids of which one of some words is said."""
    return {id_ for id_, word in words.items() if word in some}


def _preferred(chains, consumer):
    return [one for one in chains if one['consumer_ptg_id'] == consumer] or chains


def _worst(words):
    words = set(words)
    return next(one for one in ('ERROR', 'BUILD', 'BANANA', 'ACTIVE', '') if one in words)
