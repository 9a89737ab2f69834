// What would another policy have reached, judged from the choices that were made under the one that ran?
// Possible because every choice is stored with its probability. Per decision, never per whole path: products
// of weights explode. Pure, any thread.
#pragma once

#include <span>

namespace trede::lab {

// One stored choice and what came of it.
struct LoggedDecision {
  int pupil = 0;              // decisions of one pupil hang together: standard errors are over pupils
  double reward = 0.0;        // what is to be maximised, the gain in P(mastery) say
  double behaviour = 1.0;     // µ(a | x): probability of this choice under the policy that ran, > 0
  double candidate = 0.0;     // π(a | x): under the policy to be judged
  double model = 0.0;         // q(x, a): reward of this choice expected by a model; 0 = no model
  double model_policy = 0.0;  // Σ_a π(a | x) q(x, a)
};

struct ValueEstimate {
  double value = 0.0;
  double standard_error = 0.0;

  double low() const { return value - 1.96 * standard_error; }
  double high() const { return value + 1.96 * standard_error; }
};

// With w = π / µ (Horvitz & Thompson 1952; Swaminathan & Joachims 2015; Dudík et al. 2011):
//   IPS   Σ w r / n                                unbiased, widest
//   SNIPS Σ w r / Σ w                              nearly unbiased, bounded by the rewards
//   DR    Σ [Σ_a π q + w (r − q)] / n              unbiased whatever q, narrow where q is good
//   ESS   (Σ w)² / Σ w²
struct OffPolicyValue {
  int decisions = 0;
  int pupils = 0;
  ValueEstimate behaviour;  // mean reward of the policy that ran
  ValueEstimate ips;
  ValueEstimate snips;
  ValueEstimate doubly_robust;
  ValueEstimate difference;  // doubly robust minus what ran, on the same decisions
  double effective_size = 0.0;
  double largest_weight = 0.0;

  bool reportable() const;  // effective_size > 200: below, the intervals promise too much
};

// Zero decisions give zeros. Precondition: behaviour > 0.
OffPolicyValue evaluate(std::span<const LoggedDecision> decisions);

}  // namespace trede::lab
