# SPDX-License-Identifier: Apache-2.0
"""The verdicts on all ways of a cloud, walked anew over the raw answers of the API: nothing of the product is used.

It starts at the rule sets and their lists of who provides and who consumes them; the product starts at the parties.
"""

PARTIES = ('policy_target_groups', 'external_policies')
COPIED = {'node deployment in progress', 'node deployment failed', 'node deployment completed'}
KNOWN_WORDS = {'ERROR', 'BUILD', 'ACTIVE', ''}


def verdicts(rows, is_aim, has_chains):
    """Return {(consumer, rule set, provider): verdict} of {collection: {id: attributes}}."""
    walk = _Walk(rows, is_aim, has_chains)
    return {key: walk.verdict(*key) for key in walk.joined()}


class _Walk:
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
            providers, consumers = (
                [id_ for kind in PARTIES for id_ in row[f'{role}_{kind}']] for role in ('providing', 'consuming')
            )
            yield from self._pairs(name, consumers, providers)
        named = {
            id_ for row in self.parties.values() for role in ('provided', 'consumed') for id_ in self._sets(row, role)
        }
        for name in sorted(named - set(self.rows['policy_rule_sets'])):
            providers, consumers = (
                [id_ for id_, row in self.parties.items() if name in self._sets(row, role)]
                for role in ('provided', 'consumed')
            )
            yield from self._pairs(name, consumers, providers)

    def _pairs(self, name, consumers, providers):
        for consumer in consumers:
            for provider in providers:
                is_seen = consumer in self.parties and provider in self.parties
                is_outside = self._is_external(consumer) and self._is_external(provider)
                if is_seen and consumer != provider and not is_outside:
                    yield consumer, name, provider

    def _sets(self, row, role):
        return row[f'{role}_policy_rule_sets']

    def _is_external(self, id_):
        return id_ in self.rows['external_policies']

    def word(self, row):
        if row is None:
            return '?'
        is_group = row.get('l2_policy_id', '') != ''
        return '' if is_group and row['status_details'] in COPIED else (row['status'] or '').upper()

    def verdict(self, consumer, name, provider):
        rule_set = self.rows['policy_rule_sets'].get(name)
        if rule_set is None:
            return 'unknown'
        judged = [self._rule(rule_set, id_, consumer, provider) for id_ in rule_set['policy_rules']]
        sure = [words for how, words in judged if how == 'sure']
        if all(how == 'none' for how, _words in judged):
            return 'nothing'
        joined, path = self._path(consumer, provider)
        if joined is False:
            return 'no-path'
        own = [self.word(one) for one in (self.parties[consumer], self.parties[provider], rule_set, *path)]
        own += self._proxied(consumer, provider)
        return _said(own, sure, joined is None or '?' in own)

    def _proxied(self, consumer, provider):
        if not self.parties[provider].get('proxy_group_id'):
            return []
        return [self.word(chain) for chain in self._chains(consumer, provider)]

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
        types = [one and (one['action_type'] or 'null') for one in actions]
        if not self.is_aim and classifier and classifier['direction'] is None:
            return 'none'
        if self.is_aim and types and set(types) == {'null'}:
            return 'none'
        if classifier is None or (classifier['port_range'] and not classifier['protocol']):
            return 'doubtful'
        if self.is_aim and (classifier['protocol'] or '').isdigit():
            return 'doubtful'
        good = [one in ('allow', 'redirect') for one in types]
        return 'sure' if good and (all(good) if self.is_aim else any(good)) else 'doubtful'

    def _of_chain(self, classifier, actions, consumer, provider):
        specs = {one['action_value'] for one in actions if one and one['action_type'] == 'redirect'} - {None}
        row = self.parties[provider]
        if not (specs and self.has_chains) or self._is_external(provider) or row.get('enforce_service_chains') is False:
            return []
        found = [
            one
            for one in self._chains(consumer, provider)
            if one['classifier_id'] == classifier['id'] and specs & set(one['servicechain_specs'])
        ]
        own = [one for one in found if one['consumer_ptg_id'] == consumer]
        words = {self.word(one) for one in own or found}
        return [next(one for one in ('ERROR', 'BUILD', 'BANANA', 'ACTIVE', '') if one in words)] if words else []

    def _path(self, consumer, provider):
        """Return (whether something carries it, None where nobody knows, and the rows that it leads over)."""
        if self._is_external(consumer) or self._is_external(provider):
            outside, group = (consumer, provider) if self._is_external(consumer) else (provider, consumer)
            return self._to_outside(self.parties[outside], *self._place(group))
        (l2, l3), (other_l2, other_l3) = self._place(consumer), self._place(provider)
        stops = [l2, l3, other_l2, other_l3]
        if None in stops:
            return None, stops
        is_same = l3['id'] == other_l3['id'] or set(l3['routers']) & set(other_l3['routers'])
        scopes = [(l3.get(one), other_l3.get(one)) for one in ('address_scope_v4_id', 'address_scope_v6_id')]
        is_vrf = self.is_aim and any(one and one == other for one, other in scopes)
        return bool(is_same or is_vrf), stops

    def _place(self, group):
        l2 = self.rows['l2_policies'].get(self.parties[group]['l2_policy_id'])
        return l2, self.rows['l3_policies'].get(l2['l3_policy_id']) if l2 else None

    def _to_outside(self, outside, l2, l3):
        if not outside['external_segments']:
            return False, []
        if l3 is None:
            return None, [l2, l3]
        common = set(outside['external_segments']) & set(l3['external_segments'])
        segments = [self.rows['external_segments'].get(one) for one in sorted(common)]
        if not common or (self.is_aim and outside['tenant_id'] != l3['tenant_id']):
            return False, []
        if None not in segments and not any(one['external_routes'] for one in segments):
            return False, []
        return (None if None in segments else True), [l2, l3, *segments]


def _said(own, sure, is_unsure):
    states = [*own, *(word for words in sure for word in words)]
    broken = ['ERROR' in words for words in sure]
    if 'ERROR' in own or (broken and all(broken)):
        return 'broken'
    if any(broken):
        return 'partly'
    # Of a rule the worst word counts.
    worst = [*own, *(_worst(words) for words in sure)]
    if 'BUILD' in worst:
        return 'building'
    if is_unsure or not sure or set(worst) - KNOWN_WORDS:
        return 'unknown'
    return 'works' if 'ACTIVE' in states else 'unreported'


def _worst(words):
    return next(one for one in ('ERROR', 'BUILD', 'BANANA', 'ACTIVE', '') if one in words)
