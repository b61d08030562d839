// A space is a product of factors of constant curvature: hyperbolic, Euclidean, spherical; one factor is the
// plain case. Distances add up as d² = Σ d_f².
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "storage/geometry/packed_point.h"

namespace smidgen::storage {

enum class FactorKind { hyperbolic, euclidean, spherical };

/// Coordinates of points given from outside, factor after factor. Factors without a chart of that name take
/// the natural one: Euclidean d numbers; spherical d + 1 numbers, of any length but 0.
enum class Chart {
    hyperboloid,  ///< d + 1 numbers, x0 first (recomputed)
    ball,         ///< Poincaré, d numbers
    klein,        ///< d numbers
    tangent       ///< d numbers: the vector at the origin (the pole of a sphere) whose exp is the point
};

struct Factor {
    FactorKind kind = FactorKind::hyperbolic;
    int dimension = 12;      ///< of the manifold, 1 to kMostDimensions
    double curvature = 1.0;  ///< magnitude, > 0; 1 for Euclidean factors

    bool operator==(const Factor&) const = default;
};

inline constexpr int kMostDimensions = 4096;
inline constexpr std::size_t kMostFactors = 8;
/// √c times the distance from the origin beyond which stored points are refused, and beyond which a warning
/// is given: past 12 single precision alone would misplace points by more than a hundredth.
inline constexpr double kFarthestRadius = 24.0;
inline constexpr double kTrustedRadius = 12.0;

struct Packing {
    PackedPoint point;
    std::optional<std::string>
        warning;  ///< a sentence for the person, when a factor lies past kTrustedRadius
};

/// Value; cheap to copy; every member is pure and thread-safe.
///
/// Packed numbers of a factor: hyperbolic d + 1 (ball u, then α = (1 + √c·x0)/2 computed in double),
/// Euclidean d, spherical d + 1 (unit vector).
///
/// The *rank* of two points grows with their distance and costs less: the gap z = cosh(√c·d) − 1 of a single
/// hyperbolic factor, the squared chord of a single spherical one, and d² otherwise.
class Space {
 public:
    /// Errors: invalidArgument (no factor, too many, dimension or curvature out of range).
    [[nodiscard]] static Result<Space> create(std::vector<Factor> factors);
    /// The space of Smidgen's embeddings: one hyperbolic factor.
    [[nodiscard]] static Space hyperbolic(int dimension = 12, double curvature = 1.0);

    [[nodiscard]] const std::vector<Factor>& factors() const { return m_factors; }
    [[nodiscard]] bool isProduct() const { return m_factors.size() > 1; }
    /// Numbers of a packed point.
    [[nodiscard]] std::size_t packedSize() const { return m_packedSize; }
    /// Numbers of a point in `chart`.
    [[nodiscard]] std::size_t chartSize(Chart chart) const;

    /// Errors: invalidArgument (wrong count, not finite, outside the ball, past kFarthestRadius, no
    /// direction).
    [[nodiscard]] Result<Packing> pack(Chart chart, std::span<const double> coordinates) const;
    /// The point in `chart`, chartSize(chart) numbers.
    void unpack(PackedView point, Chart chart, std::span<double> coordinates) const;
    /// Whether these numbers can come from pack(). Errors: unusableInput with the reason.
    [[nodiscard]] Status check(PackedView point) const;

    /// In double from both parts of the packed numbers; symmetric; exactly 0 for identical points.
    [[nodiscard]] double rank(PackedView a, PackedView b) const;
    [[nodiscard]] double distance(PackedView a, PackedView b) const { return distanceOfRank(rank(a, b)); }
    [[nodiscard]] double distanceOfRank(double rank) const;
    [[nodiscard]] double rankOfDistance(double distance) const;

    bool operator==(const Space& other) const { return m_factors == other.m_factors; }

 private:
    explicit Space(std::vector<Factor> factors);
    std::vector<Factor> m_factors;
    std::size_t m_packedSize = 0;
};

/// Numbers that `factor` takes in a packed point.
[[nodiscard]] std::size_t packedSize(const Factor& factor);
/// Numbers that `factor` takes in `chart`.
[[nodiscard]] std::size_t chartSize(const Factor& factor, Chart chart);

}  // namespace smidgen::storage
